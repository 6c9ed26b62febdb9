import { MAX_SOURCE_SIZE } from './discovery.ts';
import { readFromDisk, type FileSource } from './file-source.ts';
import type { SkipReason } from './types.ts';

/** Texts that are kept; a rule that shows code looks at one file at a time. */
const KEPT_TEXTS = 24;

export type ReadText = { readonly text: string } | { readonly trouble: SkipReason };

/** Reads source texts and keeps the last few, so that memory does not grow with the project. */
export interface TextReader {
  read(absolutePath: string): ReadText;
  forget(absolutePath: string): void;
}

export function createTextReader(read: FileSource['read'] = readFromDisk): TextReader {
  const kept = new Map<string, ReadText>();
  return {
    read(absolutePath) {
      const known = kept.get(absolutePath);
      if (known) return known;
      const result = sourceText(read(absolutePath));
      kept.set(absolutePath, result);
      const oldest = kept.size > KEPT_TEXTS ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      return result;
    },
    forget: (absolutePath) => kept.delete(absolutePath),
  };
}

function sourceText(text: string | undefined): ReadText {
  if (text === undefined) return { trouble: 'unreadable' };
  // The file may have grown since it was listed.
  if (text.length > MAX_SOURCE_SIZE) return { trouble: 'too large' };
  return isBinary(text) ? { trouble: 'binary' } : { text: withoutMark(text) };
}

/** A NUL or two may stand in a string literal; one in a hundred characters is no text. */
function isBinary(text: string): boolean {
  const head = text.slice(0, 8000);
  return head.includes('\0') && head.split('\0').length - 1 > head.length / 100;
}

/** The text without byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
