import type { Guard } from './renderers.ts';

/** Whether a call stands under a condition that a table (or a column of it) is there, or that it is not. */
export function isGuarded(guards: readonly Guard[], table: string, present: boolean, column?: string): boolean {
  return guards.some((guard) => guard.present === present && guard.table === table && guard.column === column);
}

/** `IF NOT EXISTS ` where the program asked before, else nothing. */
export function unlessExists(guards: readonly Guard[], table: string, column?: string): string {
  return isGuarded(guards, table, false, column) ? 'IF NOT EXISTS ' : '';
}

/** `IF EXISTS ` where the program asked before, else nothing. */
export function onlyIfExists(guards: readonly Guard[], table: string, column?: string): string {
  return isGuarded(guards, table, true, column) ? 'IF EXISTS ' : '';
}
