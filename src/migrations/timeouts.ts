import type { Statement } from './statements.ts';

/** Values as written, e.g. `5s`; absent where the file sets none. */
export interface Timeouts {
  readonly lock?: string;
  readonly statement?: string;
}

interface Setting {
  readonly value: string;
  /** `SET LOCAL` ends with its transaction. */
  readonly scope: number | undefined;
  readonly isLocal: boolean;
}

/** Follows `lock_timeout` and `statement_timeout` through a file. */
export interface TimeoutTracker {
  /** Timeouts in force for a statement in a transaction (its id; undefined outside of one). */
  at(scope: number | undefined): Timeouts;
  apply(statement: Statement, scope: number | undefined): void;
}

const NAMES: Readonly<Record<string, keyof Timeouts>> = { lock_timeout: 'lock', statement_timeout: 'statement' };

export function trackTimeouts(): TimeoutTracker {
  const settings = new Map<keyof Timeouts, Setting>();
  return {
    at(scope) {
      const inForce = [...settings].filter(([, { isLocal, scope: own, value }]) => value !== '0' && (!isLocal || own === scope));
      return Object.fromEntries(inForce.map(([name, { value }]) => [name, value]));
    },
    apply(statement, scope) {
      if (statement.kind !== 'set') return;
      const name = NAMES[statement.name];
      if (name === undefined) return;
      // `SET LOCAL` outside of a transaction has no effect.
      if (statement.local && scope === undefined) return;
      settings.set(name, { value: statement.value, scope, isLocal: statement.local });
    },
  };
}
