import type { Span } from '../../facts/types.ts';
import { flatten } from '../flatten.ts';
import type { FolderHazards, FolderHistory, HistoryFile } from '../folder-hazards.ts';
import type { Hazard } from '../hazards.ts';
import type { MigrationTool } from '../migration-files.ts';
import { findTable, type ReplayedSchema } from '../replayed-schema.ts';
import type { QualifiedName } from '../statements.ts';

const STYLES = {
  snake_case: /^_?[a-z0-9]+(?:_[a-z0-9]+)*_?$/,
  camelCase: /^_?[a-z0-9]+(?:[A-Z][a-z0-9]*)*$/,
  PascalCase: /^_?[A-Z][A-Za-z0-9]*$/,
} as const;

type Style = keyof typeof STYLES;

/** A style counts from so many names on, when so many of them keep it. */
const ENOUGH = 20;
const CLEAR = 0.9;

/** From so many exceptions in one table on, the table has a style of its own: another system's, or a standard's. */
const OWN_STYLE = 3;

interface Name extends Span {
  readonly file: HistoryFile;
  readonly what: 'table' | 'column';
  /** As the server keeps it. */
  readonly kept: string;
  /** The table that has the column, or is named. */
  readonly table: QualifiedName;
}

/** Names of tables and columns that leave the style of nearly all others. A name of one word in lower case fits two styles and counts for both. */
export function findNamingHazards({ files, schema }: FolderHistory): FolderHazards {
  const names = files.flatMap((file) => namesOf(file).filter((name) => isStillThere(name, schema)));
  const styles = { table: majorityOf(names, 'table'), column: majorityOf(names, 'column') };
  const exceptions = names.filter(({ what, kept }) => {
    const style = styles[what];
    return style !== undefined && !STYLES[style].test(kept);
  });
  const perTable = new Map<string, number>();
  for (const { what, table } of exceptions) if (what === 'column') perTable.set(table.name, (perTable.get(table.name) ?? 0) + 1);
  const hazards = new Map<string, Hazard[]>();
  for (const { file, what, kept, table, start, end } of exceptions) {
    if (!file.judged || (what === 'column' && (perTable.get(table.name) ?? 0) >= OWN_STYLE)) continue;
    const remedy = 'Name it like them before anybody uses it: a name that is in use is hard to change.';
    const hazard: Hazard = { kind: 'inconsistentName', start, end, data: { what, name: kept, style: styles[what] ?? '', remedy } };
    hazards.set(file.path, [...(hazards.get(file.path) ?? []), hazard]);
  }
  return hazards;
}

function namesOf(file: HistoryFile): Name[] {
  return file.statements.flatMap(flatten).flatMap((statement) => {
    if (statement.kind !== 'createTable' && statement.kind !== 'alterTable') return [];
    return (statement.introduces ?? []).flatMap(({ what, text, quoted, start, end }): Name[] => {
      if (what !== 'table' && what !== 'column') return [];
      return [{ file, what, kept: quoted ? text : text.toLowerCase(), table: statement.table, start, end }];
    });
  });
}

/** What a later migration renamed or dropped is nobody's concern any more. Letters alone (`A` and `B` of Prisma's join tables) are no style. */
function isStillThere({ what, kept, table }: Name, schema: ReplayedSchema): boolean {
  const known = findTable(schema, table);
  return kept.length > 1 && known !== undefined && (what === 'table' || known.columns.has(kept));
}

function majorityOf(names: readonly Name[], what: Name['what']): Style | undefined {
  const own = [...new Set(names.filter((name) => name.what === what).map(({ kept }) => kept))];
  if (own.length < ENOUGH) return undefined;
  return (Object.keys(STYLES) as Style[]).find((style) => own.filter((name) => STYLES[style].test(name)).length >= own.length * CLEAR);
}

/** Tools that tell migrations apart by the number or time at the beginning of their names. */
const VERSION: Partial<Record<MigrationTool, RegExp>> = {
  supabase: /^(\d+)_/,
  dbmate: /^(\d+)_/,
  goose: /^(\d+)_/,
  'golang-migrate': /^(\d+)_/,
  flyway: /^V([\d._]+?)__/,
  'postgres-migrations': /^(\d+)[-_]/,
};

/** Two migrations of the same version: the tool refuses them, or takes one for the other. */
export function findVersionHazards({ folder, files }: FolderHistory): FolderHazards {
  const pattern = VERSION[folder.tool];
  const first = new Map<string, string>();
  const hazards = new Map<string, Hazard[]>();
  for (const { path, name } of files) {
    const version = pattern?.exec(name)?.[1]?.replace(/^0+(?=\d)/, '').replaceAll('_', '.');
    if (version === undefined) continue;
    const other = first.get(version);
    if (other === undefined) first.set(version, name);
    else hazards.set(path, [{ kind: 'duplicateVersion', start: 0, end: 0, data: { version, other, remedy: 'Give it a version of its own, behind the latest one.' } }]);
  }
  return hazards;
}
