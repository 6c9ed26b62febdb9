import { formatName } from '../column-types.ts';
import type { Hazard, HazardContext, HazardKind } from '../hazards.ts';
import { sizeOf } from '../table-sizes.ts';
import type { QualifiedName, Statement } from '../statements.ts';

/** A table of fewer rows is read or written anew before anybody notices. */
const SMALL = 10_000;

/** Hazards that last as long as the table is large. */
const LASTING: ReadonlySet<HazardKind> = new Set<HazardKind>([
  'typeRewrite', 'typeMayRewrite', 'typeUnlessUtc', 'typeScans', 'setNotNull', 'createIndex', 'reindex', 'addRewriting', 'rewriteCommand', 'refreshBlocking',
  'checkScans', 'foreignKeyScans', 'addUnique', 'addPrimaryKey', 'addExclusion', 'primaryKeyNullable', 'backfillAfterDdl', 'unbatchedWrite',
]);

/** With the committed sizes of tables: leaves out what small tables make short, and says how large the others are. */
export function bySize(hazards: readonly Hazard[], statement: Statement, { sizes, schema }: HazardContext): Hazard[] {
  const table = sizes && tableOf(statement);
  const size = table && sizeOf(sizes, { schema: table.schema ?? schema.defaultSchema, name: table.name });
  if (!table || size?.rows === undefined) return [...hazards];
  const { rows, bytes } = size;
  const kept = rows < SMALL ? hazards.filter(({ kind }) => !LASTING.has(kind)) : hazards;
  return kept.map((hazard): Hazard => {
    const { remedy } = hazard.data;
    if (!LASTING.has(hazard.kind) || remedy === undefined) return hazard;
    return { ...hazard, data: { ...hazard.data, remedy: `\`${formatName(table)}\` had about ${rows.toLocaleString('en')} rows (${wordBytes(bytes)}). ${remedy}` } };
  });
}

function tableOf(statement: Statement): QualifiedName | undefined {
  if (statement.kind === 'alterTable' || statement.kind === 'createIndex') return statement.table;
  return 'tables' in statement ? statement.tables[0] : undefined;
}

function wordBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return `${Number((bytes / 1000 ** power).toPrecision(2))} ${units[power] ?? ''}`;
}
