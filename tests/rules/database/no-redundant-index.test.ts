import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';
import { schemaFindings } from './schema-check.ts';

type Files = Readonly<Record<string, string>>;

/** A model of Prisma with columns a to d; what is given stands from line 9 on. */
const prisma = (...lines: readonly string[]): Files => ({
  'prisma/schema.prisma': ['datasource db {', '  provider = "postgresql"', '}', 'model Order {', '  a Int', '  b Int', '  c Int', '  d String', ...lines.map((line) => `  ${line}`), '}', ''].join('\n'),
});
/** A table of Drizzle; what is given stands in line 3. */
const drizzle = (...entries: readonly string[]): Files => ({
  'src/schema.ts': `import { index, integer, pgTable, primaryKey, sql, unique, uniqueIndex } from 'drizzle-orm/pg-core';\nexport const orders = pgTable('orders', { a: integer('col_a'), b: integer(), c: integer() }, (t) => [\n${entries.join(', ')}]);`,
});
/** An entity of TypeORM; decorators of the class stand in line 2, members in line 3. */
const typeorm = (decorators: string, members: string): Files => ({
  'src/order.ts': `import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';\n@Entity() ${decorators} export class Order {\n${members} }`,
});
const sequelize = (indexes: string): Files => ({
  'src/order.ts': `import { Column, Model, Table } from 'sequelize-typescript';\n@Table({ indexes: [\n${indexes}] }) export class Order extends Model { @Column a: number; @Column b: number; }`,
});

const reported: readonly (readonly [name: string, files: Files, expected: readonly string[]])[] = [
  ['a prefix of another index', prisma('@@index([a, b])', '@@index([a])'), ['prisma/schema.prisma:10 a Order']],
  ['a prefix of the primary key', prisma('@@id([a, b])', '@@index([a])'), ['prisma/schema.prisma:10 a Order']],
  ['a prefix of a unique constraint', prisma('@@unique([a, b, c])', '@@index([a, b], map: "ab")'), ['prisma/schema.prisma:10 a b']],
  ['an index on a unique column', prisma('e Int @unique', '@@index([e])'), ['prisma/schema.prisma:10 e Order']],
  ['the same index twice', prisma('@@index([b])', '@@index([b(sort: Asc)], name: "other")'), ['prisma/schema.prisma:10 b Order']],
  ['a unique key', prisma('id Int @id @unique'), ['prisma/schema.prisma:9 id Order']],
  ['a prefix in Drizzle', drizzle('index().on(t.a, t.b)', "index('x').on(t.a)"), ['src/schema.ts:3 a orders']],
  ['an index on the primary key of Drizzle', drizzle('primaryKey({ columns: [t.a, t.b] })', 'index().on(t.a, t.b)'), ['src/schema.ts:3 a b']],
  ['an index beside a unique one of Drizzle', drizzle("uniqueIndex('u').on(t.b)", "index('i').on(t.b)"), ['src/schema.ts:3 b orders']],
  ['a member of TypeORM that a pair begins with', typeorm("@Index(['a', 'b'])", '@PrimaryColumn() id: number; @Index() @Column() a: number; @Column() b: number;'), ['src/order.ts:3 a Order']],
  ['an index of TypeORM beside a unique column', typeorm('', '@PrimaryColumn() id: number; @Index() @Column({ unique: true }) a: number;'), ['src/order.ts:3 a Order']],
  ['a prefix in Sequelize', sequelize("{ fields: ['a'] }, { unique: true, fields: ['a', 'b'] }"), ['src/order.ts:3 a Order']],
];

const silent: readonly (readonly [reason: string, files: Files])[] = [
  ['the second column of another', prisma('@@index([a, b])', '@@index([b])')],
  ['the same columns in another order', prisma('@@index([a, b])', '@@index([b, a])')],
  ['a unique constraint that a longer index begins with says more', prisma('@@unique([a])', '@@index([a, b])')],
  ['a unique constraint within a longer one', prisma('@@unique([a])', '@@unique([a, b])')],
  ['another method', prisma('@@index([d], type: Hash)', '@@index([d, a])')],
  ['another operator class', prisma('@@index([d(ops: raw("gin_trgm_ops"))], type: Gin)', '@@index([d])')],
  ['another order', prisma('@@index([a(sort: Desc)])', '@@index([a, b])')],
  ['full text', prisma('@@fulltext([d])', '@@index([d])')],
  ['commented out', prisma('@@index([a, b])', '// @@index([a])')],
  ['a partial index', drizzle("index('x').on(t.a).where(sql`b > 0`)", 'index().on(t.a, t.b)')],
  ['an expression', drizzle('index().on(sql`abs(a)`)', 'index().on(t.a, t.b)')],
  ['a method of Drizzle', drizzle("index().using('brin', t.a)", 'index().on(t.a)')],
  ['a partial index of TypeORM', typeorm("@Index(['a', 'b'])", "@PrimaryColumn() id: number; @Index({ where: 'b IS NULL' }) @Column() a: number; @Column() b: number;")],
  ['a partial index of Sequelize', sequelize("{ fields: ['a'], where: { b: null } }, { fields: ['a', 'b'] }")],
];

describe('no-redundant-index', () => {
  it.each(reported)('reports %s', (_, files, expected) => {
    expect(schemaFindings('no-redundant-index', files)).toEqual(expected);
  });

  it.each(silent)('is silent: %s', (_, files) => {
    expect(schemaFindings('no-redundant-index', files)).toEqual([]);
  });

  it('suggests to drop a line of Prisma', () => {
    const files = prisma('@@index([a, b])', '@@index([a])');
    const text = files['prisma/schema.prisma'] ?? '';
    const [edit] = checkText(files, { rules, only: ['no-redundant-index'] }).findings.flatMap(({ suggestions }) => suggestions.flatMap(({ edits }) => edits));
    expect(edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end)).toBe(text.replace('  @@index([a])\n', ''));
  });
});
