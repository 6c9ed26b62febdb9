import type { Dialect } from '../migration-files.ts';
import type { NotAnalysed } from '../read-script.ts';
import type { CodeStatement } from './code-migration.ts';
import type { BuilderTable, EmitOptions, Guard } from './renderers.ts';
import type { Journal } from './scopes.ts';
import { NotConstant, unknown, type Place, type UnknownValue, type Value } from './values.ts';

/** Where it is remembered that the program leaves the tool's transaction, by a setting or by a call (`pgm.noTransaction()`). */
export const OUTSIDE_TRANSACTION = 'outside transaction';

/** Where it is remembered that the tool runs the file in a transaction. */
export const IN_TRANSACTION = 'in transaction';

/** What is sent at one place in the order; a rendered one is asked for at the end. */
interface Slot {
  readonly at: Place;
  readonly conditional: boolean;
  readonly outside: boolean;
  readonly verbatim?: number;
  readonly guards: readonly Guard[];
  render(): readonly string[];
}

/** State of following one migration. */
export interface Run {
  readonly dialect: Dialect;
  readonly table: BuilderTable;
  /** Path of the migration. */
  readonly main: string;
  readonly memory: Map<string, unknown>;
  readonly guards: Guard[];
  readonly journals: Journal[];
  readonly slots: Slot[];
  readonly notes: Map<string, NotAnalysed>;
  readonly calls: Set<number>;
  /** Places in the migration from which functions of other files are called, the outermost first. */
  readonly anchors: Place[];
  /** Values that functions in progress may have returned in branches that may not run. */
  readonly returns: Value[][];
  /** Number of conditions around that are not known. */
  conditions: number;
  depth: number;
  /** Expressions that may still be evaluated. */
  fuel: number;
}

/** Thrown when a program is too long to be followed. */
export class OutOfFuel extends Error {}

export function startRun(input: { readonly dialect: Dialect; readonly table: BuilderTable; readonly main: string }): Run {
  return {
    ...input,
    memory: new Map(),
    guards: [],
    journals: [],
    slots: [],
    notes: new Map(),
    calls: new Set(),
    anchors: [],
    returns: [],
    conditions: 0,
    depth: 0,
    fuel: 200_000,
  };
}

/** Where something of another file is to be shown in the migration. */
export function anchored(run: Run, at: Place): Place {
  return at.file === run.main ? at : (run.anchors[0] ?? { file: run.main, start: 0, end: 0 });
}

export function note(run: Run, reason: string, at: Place): void {
  const place = anchored(run, at);
  const written = at.file === run.main ? reason : `${reason} (in ${at.file})`;
  run.calls.add(place.start);
  run.notes.set(`${String(place.start)} ${written}`, { start: place.start, end: place.end, reason: written });
}

/** Runs `work` and notes what it finds not to be constant; `at` stands for errors without a place. */
export function noteErrors<T>(run: Run, at: Place, work: () => T): T | UnknownValue {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof NotConstant)) throw error;
    note(run, error.message, error.at?.file === run.main ? error.at : at);
    return unknown(error.message, error.at ?? at);
  }
}

export interface Sending extends EmitOptions {
  readonly at: Place;
  /** Place of the SQL when it stands in a file as it is. */
  readonly from?: Place;
  render(): readonly string[];
}

/** Statements of one migration; loops within loops would send without end. */
const MAX_SENT = 5000;

export function send(run: Run, { at, from, outside = false, render }: Sending): void {
  if (run.slots.length >= MAX_SENT) throw new OutOfFuel();
  const place = anchored(run, at);
  const inMain = from !== undefined && from.file === run.main;
  run.slots.push({ at: place, conditional: run.conditions > 0, outside, guards: [...run.guards], render, ...(inMain ? { verbatim: from.start } : {}) });
}

/** Renders what was sent, in order. */
export function collect(run: Run): CodeStatement[] {
  return run.slots.flatMap(({ at, conditional, outside, verbatim, guards, render }) => {
    const texts = noteErrors(run, at, render);
    if ('kind' in texts) return [];
    if (texts.length > 0) run.calls.add(at.start);
    return texts.map((sql) => ({
      start: at.start,
      end: at.end,
      sql,
      ...(verbatim === undefined ? {} : { verbatim }),
      ...(conditional ? { conditional: true as const } : {}),
      ...(outside ? { outside: true as const } : {}),
      ...(guards.length > 0 ? { guards } : {}),
    }));
  });
}

/** Runs a part that may not run. */
export function underCondition<T>(run: Run, guards: readonly Guard[], work: () => T): T {
  run.conditions += 1;
  run.guards.push(...guards);
  try {
    return work();
  } finally {
    run.conditions -= 1;
    run.guards.length -= guards.length;
  }
}
