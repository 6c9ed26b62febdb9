import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';

/** Clients of a small project, as real ones export them. */
const CLIENTS: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "sample" }',
  'backend-patterns.config.json': '{ "preset": "strict" }',
  'src/clients/prisma.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
  'src/clients/drizzle.ts': `import { drizzle } from 'drizzle-orm/node-postgres';\nexport const db = drizzle(process.env.DATABASE_URL!);\n`,
  'src/clients/schema.ts': `import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const orders = pgTable('orders', { id: text() });\nexport const lines = pgTable('lines', { id: text() });\n`,
  'src/clients/knex.ts': `import knex from 'knex';\nexport const db = knex({ client: 'pg' });\n`,
  'src/clients/kysely.ts': `import { Kysely } from 'kysely';\nexport const db = new Kysely<any>({} as any);\n`,
  'src/clients/typeorm.ts': `import { DataSource } from 'typeorm';\nexport const source = new DataSource({ type: 'postgres' });\n`,
  'src/clients/pg.ts': `import { Pool } from 'pg';\nexport const pool = new Pool();\n`,
  'src/clients/models.ts': `import { Model, Sequelize } from 'sequelize';\nexport const sequelize = new Sequelize('');\nexport class Order extends Model {}\nexport class Line extends Model {}\n`,
  'src/clients/mongoose.ts': `import mongoose from 'mongoose';\nexport const Order = mongoose.model('Order', new mongoose.Schema({}));\n`,
};

/** Findings of one rule over `src/orders.ts` beside the clients and other files: line, confidence and message. */
export function transactionFindings(rule: string, text: string, files: Readonly<Record<string, string>> = {}) {
  const { findings } = checkText({ ...CLIENTS, ...files, 'src/orders.ts': text }, { rules, only: [rule] });
  return findings.map(({ path, line, confidence, message }) => ({ path, line, confidence, message }));
}
