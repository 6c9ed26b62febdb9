import type { MigrationTool } from '../migration-files.ts';

/** Options by which builders create or drop an index concurrently. */
const OPTIONS: Partial<Readonly<Record<MigrationTool, Readonly<Record<'createIndex' | 'drop', string>>>>> = {
  sequelize: { createIndex: '`concurrently: true` in the options of `addIndex`', drop: '`concurrently: true` in the options of `removeIndex`' },
  umzug: { createIndex: '`concurrently: true` in the options of `addIndex`', drop: '`concurrently: true` in the options of `removeIndex`' },
  'node-pg-migrate': { createIndex: '`{ concurrently: true }` to `pgm.createIndex`', drop: '`{ concurrently: true }` to `pgm.dropIndex`' },
};

/** How a program sends SQL that its builder cannot make. */
const SENDERS: Partial<Readonly<Record<MigrationTool, string>>> = {
  knex: '`knex.raw()`',
  typeorm: '`queryRunner.query()`',
  kysely: '`` sql`…`.execute(db) ``',
  'mikro-orm': '`this.addSql()`',
};

/** How these builders begin; SQL that the program puts together from parts seldom looks the same. */
const AS_RENDERED = /^(?:CREATE (?:UNIQUE )?INDEX|DROP INDEX)(?: IF (?:NOT )?EXISTS)? "/;

/**
 * The concurrent form of a statement on an index, for people: SQL where SQL is written, the builder's option where a builder made it.
 * `sql`: the statement as a builder or the program made it; undefined where it stands in the file as it is.
 */
export function adviseConcurrent(kind: 'createIndex' | 'drop', form: string, tool: MigrationTool, sql: string | undefined): string {
  if (sql === undefined) return `Write \`${form}\``;
  const option = AS_RENDERED.test(sql) ? OPTIONS[tool]?.[kind] : undefined;
  if (option !== undefined) return `Pass ${option}`;
  const sender = SENDERS[tool];
  return sender === undefined ? `Write \`${form}\`` : `Send \`${form}\` with ${sender}`;
}

/** Tools that open no transaction: what stands before a statement does not keep it from running by itself. */
export const RUNS_EACH_ALONE: ReadonlySet<MigrationTool> = new Set(['sequelize', 'umzug']);
