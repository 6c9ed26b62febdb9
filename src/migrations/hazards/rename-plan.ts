import { formatName, quoteName } from '../column-types.ts';
import type { Dialect, MigrationTool } from '../migration-files.ts';
import type { QualifiedName } from '../statements.ts';

/** Where the code can take the new name while the database keeps the old one. */
interface Mapping {
  readonly column: (from: string, to: string) => string;
  readonly table: (from: string, to: string) => string;
}

const IN_SELECT: Mapping = {
  column: (from, to) => `name it anew in the queries only: \`.select('${from} as ${to}')\``,
  table: (from, to) => `keep the table's name in one constant: \`const ${to} = '${from}'\``,
};

export const MAPPED: Partial<Record<MigrationTool, Mapping>> = {
  prisma: {
    column: (from, to) => `rename only the field: \`${to} … @map("${from}")\``,
    table: (from, to) => `rename only the model: \`model ${to} { … @@map("${from}") }\``,
  },
  drizzle: {
    column: (from, to) => `rename only the property: \`${to}: text('${from}')\` (with the column's own type)`,
    table: (from, to) => `rename only the constant: \`export const ${to} = pgTable('${from}', …)\``,
  },
  typeorm: {
    column: (from, to) => `rename only the property: \`@Column({ name: '${from}' }) ${to}\``,
    table: (from, to) => `rename only the class: \`@Entity('${from}') class ${to}\``,
  },
  'mikro-orm': {
    column: (from, to) => `rename only the property: \`@Property({ fieldName: '${from}' }) ${to}\``,
    table: (from, to) => `rename only the class: \`@Entity({ tableName: '${from}' }) class ${to}\``,
  },
  sequelize: {
    column: (from, to) => `rename only the attribute: \`${to}: { …, field: '${from}' }\``,
    table: (from, to) => `rename only the model: \`sequelize.define('${to}', …, { tableName: '${from}' })\``,
  },
  knex: IN_SELECT,
  kysely: IN_SELECT,
};

export interface ColumnRename {
  readonly table: QualifiedName;
  readonly from: string;
  readonly to: string;
  /** As SQL text. */
  readonly type: string;
  readonly notNull: boolean;
  readonly tool: MigrationTool;
  readonly dialect: Dialect;
}

const BATCH = 1000;

/** All steps from one name to the other while two releases run, as text that can be pasted: SQL, what is no SQL in comments. */
export function planColumnRename({ table, from, to, type, notNull, tool, dialect }: ColumnRename): string {
  const name = formatName(table);
  const [old, fresh] = [quoteName(from), quoteName(to)];
  const mapped = MAPPED[tool]?.column(from, to);
  const shortcut = mapped === undefined ? [] : [`-- Shorter, without a migration: keep the column and ${mapped}.`, '-- Otherwise, in four releases:', ''];
  const steps = [
    [`-- Release 1, migration: add the new column.`, `ALTER TABLE ${name} ADD COLUMN ${fresh} ${type};`, `-- Release 1, code: write both columns wherever ${old} is written; read ${old}.`],
    [`-- After release 1 is out everywhere: fill old rows, outside of a migration; run it until no row is updated.`, backfill(name, old, fresh, dialect)],
    ...(notNull ? [requireValues(table, from, to, dialect)] : []),
    [`-- Release 2, code: read ${fresh}; still write both.`, `-- Release 3, code: neither read nor write ${old}${modelHint(tool, from)}.`],
    [`-- Release 4, migration:`, `ALTER TABLE ${name} DROP COLUMN ${old};`],
  ];
  return [...shortcut, ...steps.flatMap((step, index) => (index === 0 ? step : ['', ...step]))].join('\n');
}

function backfill(name: string, old: string, fresh: string, dialect: Dialect): string {
  const missing = `${fresh} IS NULL AND ${old} IS NOT NULL`;
  if (dialect === 'mysql') return `UPDATE ${name} SET ${fresh} = ${old} WHERE ${missing} LIMIT ${BATCH};`;
  const row = dialect === 'sqlite' ? 'rowid' : 'ctid';
  return `UPDATE ${name} SET ${fresh} = ${old}\nWHERE ${row} IN (SELECT ${row} FROM ${name} WHERE ${missing} LIMIT ${BATCH});`;
}

function requireValues(table: QualifiedName, old: string, column: string, dialect: Dialect): string[] {
  const name = formatName(table);
  const fresh = quoteName(column);
  if (dialect !== 'postgres') return [`-- Then require values in ${fresh}, as the old column does.`];
  const constraint = quoteName(`${table.name}_${column}_not_null`);
  return [
    '-- Then, each in a migration of its own:',
    `ALTER TABLE ${name} ADD CONSTRAINT ${constraint} CHECK (${fresh} IS NOT NULL) NOT VALID;`,
    `ALTER TABLE ${name} VALIDATE CONSTRAINT ${constraint};`,
    `ALTER TABLE ${name} ALTER COLUMN ${fresh} SET NOT NULL;`,
    `ALTER TABLE ${name} DROP CONSTRAINT ${constraint};`,
    `-- and the old one no longer, so that release 3 need not write it:`,
    `ALTER TABLE ${name} ALTER COLUMN ${quoteName(old)} DROP NOT NULL;`,
  ];
}

function modelHint(tool: MigrationTool, column: string): string {
  if (tool === 'prisma') return ` (\`${column} … @ignore\`)`;
  return MAPPED[tool] && tool !== 'knex' && tool !== 'kysely' ? ', the model included: it selects every column that it declares' : '';
}
