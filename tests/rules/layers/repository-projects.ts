import { checkText } from '../../../src/findings/check-text.ts';
import type { Rule } from '../../../src/findings/define-rule.ts';

type Files = Readonly<Record<string, string>>;

const PRISMA = `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`;

const DRIZZLE = `import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: text('id').primaryKey(), email: text('email') });
export const orders = pgTable('orders', { id: text('id').primaryKey(), userId: text('user_id').references(() => users.id), status: text('status') });
export const orderLines = pgTable('order_lines', { id: text('id').primaryKey(), orderId: text('order_id').references(() => orders.id), quantity: integer('quantity') });
export const parcels = pgTable('parcels', { id: text('id').primaryKey(), orderId: text('order_id').references(() => orders.id, { onDelete: 'cascade' }) });
export const products = pgTable('products', { id: text('id').primaryKey(), stock: integer('stock') });
export const memberships = pgTable('memberships', { userId: text('user_id').references(() => users.id), teamId: text('team_id').references(() => teams.id) });
export const teams = pgTable('teams', { id: text('id').primaryKey(), name: text('name') });
export const db = drizzle(process.env.DATABASE_URL ?? '');
`;

const KNEX = `import knex from 'knex';\nexport const db = knex({ client: 'pg' });\n`;

const TYPEORM = `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity()
export class User { @PrimaryGeneratedColumn() id: number; @Column() email: string; }
@Entity()
export class Order { @PrimaryGeneratedColumn() id: number; @Column() status: string; }
`;

/** Clients and tables that the cases share: `src/prisma.ts`, `src/drizzle.ts`, `src/knex.ts`, `src/entities.ts`. */
export const DATABASES: Files = { 'src/prisma.ts': PRISMA, 'src/drizzle.ts': DRIZZLE, 'src/knex.ts': KNEX, 'src/entities.ts': TYPEORM };

/** Findings of one rule under `strict` as `path:line code`, the code being what the finding stands at. */
export function placesOf(rule: Pick<Rule, 'id'>, files: Files, settings?: object): readonly string[] {
  const all: Files = { ...DATABASES, ...files, 'backend-patterns.config.json': JSON.stringify({ preset: 'strict', ...settings }) };
  const { findings, ruleErrors } = checkText(all, { rules: [rule as never], only: [rule.id] });
  if (ruleErrors.length > 0) throw new Error(JSON.stringify(ruleErrors));
  return findings.map(({ path, line, start, end }) => `${path}:${line} ${(all[path] ?? '').slice(start, end).replace(/\s+/g, ' ')}`);
}
