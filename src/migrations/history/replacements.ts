import { formatName, formatType } from '../column-types.ts';
import type { ColumnType } from '../statements.ts';
import type { ColumnFill, ColumnLife } from './column-lives.ts';

/** A column that takes the place of another of its table, and what says so. */
export interface Replacement {
  readonly old: ColumnLife;
  readonly fresh: ColumnLife;
  /** The statement that copied the values; absent where the names alone tell. */
  readonly fill?: ColumnFill;
}

/** Pairs by evidence: an UPDATE that fills a column from the one it replaces, or `name_new` beside `name` with a type of the same family. */
export function replacementsIn(lives: readonly ColumnLife[]): readonly Replacement[] {
  const byTable = new Map<string, ColumnLife[]>();
  for (const life of lives) {
    const key = formatName({ ...life.table, schema: life.table.schema ?? 'public' });
    byTable.set(key, [...(byTable.get(key) ?? []), life]);
  }
  return [...byTable.values()].flatMap((columns) => columns.flatMap((fresh) => replacedBy(fresh, columns)));
}

function replacedBy(fresh: ColumnLife, columns: readonly ColumnLife[]): Replacement[] {
  const { added } = fresh;
  if (!added) return [];
  // What was gone before cannot be replaced.
  const isThere = (old: ColumnLife): boolean => (old.dropped === undefined || old.dropped.order > added.order) && (old.added?.order ?? 0) < added.order;
  const there = columns.filter((old) => old !== fresh && isThere(old));
  const filled = fresh.fills.flatMap((fill): Replacement[] => {
    const [only, ...others] = fill.reads.filter((name) => name !== fresh.name);
    const old = only === undefined || others.length > 0 ? undefined : there.find(({ name }) => name === only);
    return old ? [{ old, fresh, fill }] : [];
  });
  const [first] = filled;
  if (first) return [first];
  const old = there.find(({ name, type }) => isShadowName(fresh.name, name) && isSameFamily(fresh.type, type));
  return old ? [{ old, fresh }] : [];
}

/** `email_new`, `new_email`, `emailNew`, `email_v2`, `email_tmp` of `email`. */
function isShadowName(fresh: string, old: string): boolean {
  const bare = (name: string): string => name.replaceAll('_', '').toLowerCase();
  const mark = '(?:new|v?2|tmp|temp|shadow|next)';
  return new RegExp(`^(?:${mark}_?${escaped(old)}|${escaped(old)}_?${mark})$`, 'i').test(fresh) && bare(fresh) !== bare(old);
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}

const FAMILIES: readonly (readonly string[])[] = [
  ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'],
  ['text', 'varchar', 'bpchar', 'citext', 'uuid'],
  ['timestamp', 'timestamptz', 'date'],
  ['json', 'jsonb'],
];

/** Types between which values are moved; of a column that was there before the history, the type is not known. */
function isSameFamily(a: ColumnType | undefined, b: ColumnType | undefined): boolean {
  if (!a || !b || formatType(a) === formatType(b)) return true;
  return FAMILIES.some((family) => family.includes(a.name) && family.includes(b.name));
}
