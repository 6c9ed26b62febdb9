import rule from '../../../rules/database/no-query-in-loop.ts';
import { checkText } from '../../../src/findings/check-text.ts';
import type { Finding } from '../../../src/findings/types.ts';

/** Clients of the libraries, as small projects have them. */
export const CLIENTS: Readonly<Record<string, string>> = {
  prisma: `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
  drizzle: `import { drizzle } from 'drizzle-orm/node-postgres';\nimport * as schema from './schema.ts';\nexport const db = drizzle(process.env.DATABASE_URL!, { schema });\n`,
  typeorm: `import { DataSource } from 'typeorm';\nexport const source = new DataSource({ type: 'postgres' });\n`,
  knex: `import knex from 'knex';\nexport const db = knex({ client: 'pg' });\n`,
  pg: `import { Pool } from 'pg';\nexport const pool = new Pool();\n`,
};

const SCHEMA = `import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const orders = pgTable('orders', { id: text('id'), userId: text('user_id') });\n`;
const USER = `import { Model } from 'sequelize';\nexport class User extends Model { declare id: string; }\nexport class Order extends Model { declare userId: string; }\n`;

export const BASE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(CLIENTS).map(([name, text]) => [`src/clients/${name}.ts`, text])),
  'src/clients/schema.ts': SCHEMA,
  'src/clients/models.ts': USER,
};

/** A function that has rows, ids and Prisma at hand, with the code under test as its body, from line 4. */
export function inFunction(body: string, before = ''): string {
  return `import { prisma } from './clients/prisma.ts';\n${before}\nexport async function work(rows: { id: string; userId: string; tagIds: string[] }[], ids: string[], userId: string) {\n${body}\n}\n`;
}

export function findingsOf(files: Readonly<Record<string, string>>, strict = false): readonly Finding[] {
  const settings = strict ? { 'backend-patterns.config.json': '{ "preset": "strict" }' } : {};
  return checkText({ ...BASE, ...settings, ...files }, { rules: [rule as never], only: [rule.id] }).findings;
}

/** `path:line`, then the way to the query where there is one. */
export function spoken(finding: Finding): string {
  const way = finding.trail.map((step) => step.label).join(' → ');
  return `${finding.path}:${finding.line}${way && ` ${way}`}`;
}
