import { formatName, formatType, quoteName } from '../column-types.ts';
import type { FolderHazards, FolderHistory } from '../folder-hazards.ts';
import { columnLives, type ColumnLife } from '../history/column-lives.ts';
import { replacementsIn, type Replacement } from '../history/replacements.ts';
import type { Hazard } from '../hazards.ts';
import { targetOf } from './drops.ts';

/** Later migrations after which the old column should have been dropped. */
const PATIENCE = 5;

/**
 * Holds each column that takes the place of another against the order that two releases can live with:
 * added → written twice → backfilled → reads moved → the old one dropped.
 */
export function findExpandContractHazards(history: FolderHistory): FolderHazards {
  const lives = columnLives(history.files);
  const found = new Map<string, Hazard[]>();
  const add = (path: string, hazard: Hazard | undefined): void => {
    if (hazard && history.files.find((file) => file.path === path)?.judged) found.set(path, [...(found.get(path) ?? []), hazard]);
  };
  const replacements = replacementsIn(lives);
  for (const replacement of replacements) {
    const { old, fresh, fill } = replacement;
    if (old.dropped) add(old.dropped.path, contractedTooEarly(replacement, history));
    if (fresh.setNotNull) add(fresh.setNotNull.path, requiredTooEarly(replacement));
    if (fill) add(fill.path, neverContracted(replacement, history.files.length - 1));
  }
  const paired = new Set(replacements.map(({ old }) => old));
  for (const hazard of guessedRenames(lives, paired)) add(hazard.path, hazard);
  return found;
}

/** The old column goes in the release that brings or fills the new one. */
function contractedTooEarly({ old, fresh, fill }: Replacement, { pending }: FolderHistory): Hazard | undefined {
  const { dropped } = old;
  const { added } = fresh;
  if (!dropped || !added) return undefined;
  const isSameRelease = (path: string): boolean => path === dropped.path || (pending?.has(path) === true && pending.has(dropped.path));
  const isAdded = isSameRelease(added.path);
  if (!isAdded && !(fill && isSameRelease(fill.path))) return undefined;
  const missing = [
    ...(isAdded ? ['a release that writes both columns'] : []),
    ...(fill ? [] : ['a backfill']),
    `a release that reads and writes ${quoted(fresh.name)} alone`,
  ];
  const data = {
    table: formatName(old.table),
    old: quoteName(old.name),
    new: quoteName(fresh.name),
    done: isAdded ? 'brings' : 'fills',
    missing: listed(missing),
  };
  return { kind: 'contractedTooEarly', start: dropped.start, end: dropped.end, data, target: targetOf(old.table, old.name) };
}

/** NOT NULL before the rows that were there have a value. */
function requiredTooEarly({ old, fresh, fill }: Replacement): Hazard | undefined {
  const required = fresh.setNotNull;
  const first = fresh.fills[0];
  if (!required || fresh.hasDefault || (first && first.order < required.order)) return undefined;
  const data = { table: formatName(old.table), old: quoteName(old.name), new: quoteName(fresh.name) };
  return { kind: fill ? 'requiredBeforeBackfill' : 'requiredWithoutBackfill', start: required.start, end: required.end, data };
}

/** Filled long ago, and both columns are still there. */
function neverContracted({ old, fresh, fill }: Replacement, last: number): Hazard | undefined {
  if (!fill || old.dropped || fresh.dropped || last - fill.file < PATIENCE || fresh.added?.file !== fill.file || !isCopy({ old, fresh })) return undefined;
  const data = { table: formatName(old.table), old: quoteName(old.name), new: quoteName(fresh.name), count: String(last - fill.file) };
  return { kind: 'neverContracted', start: fill.start, end: fill.end, data, target: targetOf(old.table, old.name) };
}

/** Values moved from one name to another of the same meaning, not one column computed from another for good. */
function isCopy({ old, fresh }: Replacement): boolean {
  return old.type !== undefined && fresh.type !== undefined && formatType(old.type) === formatType(fresh.type) && sharesWord(old.name, fresh.name);
}

/** A column that goes and one that comes in the same migration, of the same type: what generators make of a rename. */
function guessedRenames(lives: readonly ColumnLife[], paired: ReadonlySet<ColumnLife>): (Hazard & { readonly path: string })[] {
  return lives.flatMap((old) => {
    const { dropped, type } = old;
    if (!dropped || !type || paired.has(old) || old.added?.path === dropped.path) return [];
    const beside = lives.filter((life) => formatName(life.table) === formatName(old.table));
    const added = beside.filter((life) => life.added?.path === dropped.path && life.dropped?.path !== dropped.path);
    const gone = beside.filter((life) => life.dropped?.path === dropped.path && life.added?.path !== dropped.path);
    // Generators copy no values: a column that the migration fills was meant as another one.
    const isFilled = ({ fills }: ColumnLife): boolean => fills.some((fill) => fill.path === dropped.path);
    const alike = added.filter((life) => life.type !== undefined && formatType(life.type) === formatType(type) && life.name !== old.name && !isFilled(life));
    // Names that have a word in common are the same thing under another name; else only a lone pair may be.
    const named = alike.filter((life) => sharesWord(life.name, old.name));
    const fresh = named.length === 1 ? named[0] : alike.length === 1 && added.length === 1 && gone.length === 1 ? alike[0] : undefined;
    if (!fresh) return [];
    const isLikely = named.length === 1 && added.length === gone.length;
    const data = { table: formatName(old.table), from: quoteName(old.name), to: quoteName(fresh.name), type: formatType(type) };
    const { path, start, end } = dropped;
    return [{ path, kind: isLikely ? ('probableRename' as const) : ('possibleRename' as const), start, end, data, target: targetOf(old.table, old.name) }];
  });
}

function wordsOf(name: string): string[] {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase().split(/_+/).filter((word) => word.length > 2 && word !== 'new' && word !== 'old');
}

function sharesWord(a: string, b: string): boolean {
  const own = new Set(wordsOf(a));
  return wordsOf(b).some((word) => own.has(word));
}

function quoted(name: string): string {
  return `\`${quoteName(name)}\``;
}

function listed(items: readonly string[]): string {
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${items.at(-1)}` : (items[0] ?? '');
}
