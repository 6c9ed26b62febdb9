import type { Project } from '../../project/project.ts';
import { modelsOf } from '../../project/models.ts';
import { queries } from '../../project/queries.ts';
import { columnUses, isRunning, runningFiles } from './column-uses.ts';
import { columnKey, type Use, type UseKind } from './use-table.ts';

export type { UseKind } from './use-table.ts';

/** A place in code that needs a column or table. Lines and columns are 1-based; columns count UTF-16 code units. */
export interface Reference {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly kind: UseKind;
  /** What stands there. */
  readonly text: string;
}

/** Names as the database has them. */
export interface ColumnTarget {
  readonly schema?: string;
  readonly table: string;
  /** Absent when the table itself is meant. */
  readonly column?: string;
}

const ORDER: readonly UseKind[] = ['model', 'key', 'member', 'builder', 'sql', 'query', 'mentions', 'selectAll'];

/** Every place of the running program that needs a column or table, declarations first. */
export function findReferences(project: Project, { schema, table, column }: ColumnTarget): readonly Reference[] {
  const uses = columnUses(project);
  const fits = (use: Use): boolean => use.schema === undefined || schema === undefined || use.schema === schema;
  const own = (column === undefined ? uses.byTable.get(table.toLowerCase()) : uses.byColumn.get(columnKey(table, column))) ?? [];
  // A query selects the column for as long as the model has it.
  const isDeclared = column !== undefined && own.some((use) => use.kind === 'model' && fits(use));
  const whole = column === undefined ? [] : (uses.selectAll.get(table.toLowerCase()) ?? []);
  const selecting = whole.filter((use) => isDeclared || /^\s*(?:select|with)\b/i.test(use.text));
  // A query that also names the column is told once.
  const isTold = (query: Use): boolean => own.some(({ path, start }) => path === query.path && start >= query.start && start < query.end);
  const all = [...own, ...selecting.filter((use) => !isTold(use))].filter(fits);
  return all.map((use) => placed(project, use)).sort(compareReferences);
}

/** Whether the project has code that talks to a database: without any, nothing can be said of what needs a column. */
export function hasDatabaseCode(project: Project): boolean {
  return modelsOf(project).length > 0 || queries(project).some((query) => isRunning(query.file)) || columnUses(project).byTable.size > 0;
}

/** Number of files that were searched. */
export function searchedFiles(project: Project): number {
  return runningFiles(project).length;
}

function compareReferences(a: Reference, b: Reference): number {
  const byKind = ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);
  return byKind || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start);
}

function placeOf(code: string, word: string, qualifier: string | undefined): number | undefined {
  const named = qualifier === undefined ? null : new RegExp(`(\\b${escaped(qualifier)}\\W{1,3})${escaped(word)}\\b`, 'i').exec(code);
  if (named) return named.index + (named[1] ?? '').length;
  return new RegExp(`\\b${escaped(word)}\\b`, 'i').exec(code)?.index;
}

function escaped(text: string): string {
  return text.replace(/[^\w\s]/g, '\\$&');
}

const places = new WeakMap<Use, Reference>();

/** A use with its line and column. */
export function placed(project: Project, use: Use): Reference {
  const known = places.get(use) ?? place(project, use);
  places.set(use, known);
  return known;
}

function place(project: Project, { path, start, end, kind, text, word, qualifier }: Use): Reference {
  const content = project.files.get(path)?.text ?? project.loaded.textOf(path) ?? '';
  const at = word === undefined ? undefined : placeOf(content.slice(start, end), word, qualifier);
  const from = at === undefined ? start : start + at;
  const lines = content.slice(0, from).split(/\r\n|[\r\n\u2028\u2029]/);
  const place = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  return { path, start: from, end: at === undefined ? end : from + (word ?? '').length, ...place, kind, text };
}
