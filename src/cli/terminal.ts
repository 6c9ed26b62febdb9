import { styleText } from 'node:util';
import { plain, type Paint } from '../report/run-report.ts';

interface Colouring {
  readonly wanted: boolean;
  readonly stream: { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How to colour what goes to a stream: https://no-color.org, FORCE_COLOR, and no colours into files and pipes. */
export function createPaint({ wanted, stream, env }: Colouring): Paint {
  if (!wanted || env['NO_COLOR']) return plain;
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  if (!forced && (!stream.isTTY || env['TERM'] === 'dumb')) return plain;
  return (style, text) => styleText(style, text);
}

const PATIENCE = 1000;
const INTERVAL = 100;
const ERASE_LINE = '\r\u001b[K';

export interface Progress {
  /** Shows how far the work is, when it takes longer than a second. */
  show(done: number, total: number): void;
  end(): void;
}

/** Progress in one line of a terminal; silent elsewhere. */
export function createProgress(stream: { readonly isTTY?: boolean; write(text: string): unknown }, enabled: boolean): Progress {
  if (!enabled || !stream.isTTY) return { show: () => undefined, end: () => undefined };
  const start = performance.now();
  let last = start + PATIENCE - INTERVAL;
  let shown = false;
  return {
    show(done, total) {
      const now = performance.now();
      if (now - last < INTERVAL) return;
      last = now;
      shown = true;
      stream.write(`${ERASE_LINE}Reading ${done} of ${total} files …`);
    },
    end() {
      if (shown) stream.write(ERASE_LINE);
      shown = false;
    },
  };
}
