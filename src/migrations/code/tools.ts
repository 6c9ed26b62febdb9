import type { CodeTool } from './code-migration.ts';
import { nodePgMigrate } from './node-pg-migrate.ts';
import type { BuilderTable } from './renderers.ts';
import { kysely } from './kysely.ts';
import { knex } from './knex.ts';
import { mikroOrm } from './mikro-orm.ts';
import { sequelize } from './sequelize.ts';
import { typeorm } from './typeorm.ts';

const TABLES: readonly BuilderTable[] = [typeorm, knex, nodePgMigrate, sequelize, kysely, mikroOrm];

/** What a tool's objects are. */
export function findBuilderTable(tool: CodeTool): BuilderTable | undefined {
  return TABLES.find(({ tools }) => tools.includes(tool));
}
