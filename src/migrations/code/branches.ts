import type { Guard } from './renderers.ts';
import { underCondition, type Run } from './run.ts';
import { takeBack, write, type Journal } from './scopes.ts';
import { unknown, type Place, type Value } from './values.ts';

/** Runs both sides of a condition that is not known; a variable that the sides leave differently is unknown afterwards. */
export function underBoth<T>(run: Run, test: Value, yes: () => T, no: () => T): [T, T] {
  const [first, writtenFirst] = inBranch(run, guardsOf(test, true), yes);
  const [second, writtenSecond] = inBranch(run, guardsOf(test, false), no);
  for (const cell of new Set([...writtenFirst.keys(), ...writtenSecond.keys()])) {
    const before = cell.value;
    const at = test.kind === 'unknown' ? test.at : { file: run.main, start: 0, end: 0 };
    write(cell, joinValues(writtenFirst.get(cell) ?? before, writtenSecond.get(cell) ?? before, test, at), run.journals);
  }
  return [first, second];
}

function inBranch<T>(run: Run, guards: readonly Guard[], work: () => T): [T, Journal] {
  const journal: Journal = new Map();
  run.journals.push(journal);
  try {
    return [underCondition(run, guards, work), takeBack(journal)];
  } finally {
    run.journals.pop();
  }
}

/** What a condition says about tables and columns on its side. */
export function guardsOf(test: Value, side: boolean): Guard[] {
  if (test.kind === 'builder' && test.maybe) return [{ ...test.maybe, present: side }];
  if (test.kind !== 'exists') return [];
  const { table, column, negated } = test;
  return [{ table, ...(column === undefined ? {} : { column }), present: negated !== side }];
}

export function joinValues(yes: Value, no: Value, test: Value, at: Place): Value {
  if (isSame(yes, no)) return yes;
  return unknown(test.kind === 'unknown' ? `it depends on ${test.reason}` : 'it depends on a condition', at);
}

export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text && !a.holes && !b.holes;
  if ((a.kind === 'number' && b.kind === 'number') || (a.kind === 'boolean' && b.kind === 'boolean')) return a.value === b.value;
  if (a.kind === 'list' && b.kind === 'list') return a.items.length === b.items.length && a.items.every((item, i) => isSame(item, b.items[i] as Value));
  return a.kind === b.kind && (a.kind === 'null' || a.kind === 'undefined');
}
