import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { checkText } from '../../../src/findings/check-text.ts';
import { schemaFindings } from './schema-check.ts';

const DRIZZLE = "import { foreignKey, index, integer, pgTable, primaryKey, unique, uniqueIndex, sql } from 'drizzle-orm/pg-core';\n";
const USERS = "export const users = pgTable('users', { id: integer().primaryKey() });\n";
const POSTGRES = 'datasource db {\n  provider = "postgresql"\n}\nmodel User {\n  id Int @id\n}\n';
const TYPEORM = "import { Column, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn, Unique } from 'typeorm';\n@Entity() export class User { @PrimaryColumn() id: number; }\n";
const SEQUELIZE = "import { BelongsTo, Column, ForeignKey, Index, Model, Table, Unique } from 'sequelize-typescript';\n@Table export class User extends Model {}\n";
const PLAIN = "import { DataTypes, Sequelize } from 'sequelize';\nconst sequelize = new Sequelize(process.env.DATABASE_URL);\n";

const dependencies = (...names: readonly string[]): string => JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });

const reported: readonly (readonly [name: string, files: Readonly<Record<string, string>>, expected: readonly string[]])[] = [
  [
    'a relation of Prisma',
    { 'prisma/schema.prisma': `${POSTGRES}model Order {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n` },
    ['prisma/schema.prisma:10 Order userId'],
  ],
  [
    'an index that begins with another column',
    { 'prisma/schema.prisma': `${POSTGRES}model Order {\n  id Int @id\n  state String\n  userId Int @map("user_id")\n  user User @relation(fields: [userId], references: [id])\n  @@index([state, userId])\n}\n` },
    ['prisma/schema.prisma:11 Order userId'],
  ],
  [
    'the second column of a primary key',
    {
      'prisma/schema.prisma': `${POSTGRES}model Tag {\n  id Int @id\n}\nmodel UserTag {\n  userId Int\n  tagId Int\n  user User @relation(fields: [userId], references: [id])\n  tag Tag @relation(fields: [tagId], references: [id])\n  @@id([userId, tagId])\n}\n`,
    },
    ['prisma/schema.prisma:14 UserTag tagId'],
  ],
  [
    'a relation over several lines, of a schema in several files',
    {
      'prisma/schema/base.prisma': POSTGRES,
      'prisma/schema/order.prisma': 'model Order {\n  id Int @id\n  userId Int\n  user User @relation(\n    fields: [userId],\n    references: [id]\n  )\n}\n',
    },
    ['prisma/schema/order.prisma:4 Order userId'],
  ],
  [
    'MySQL without constraints',
    {
      'prisma/schema.prisma': 'datasource db {\n  provider = "mysql"\n  relationMode = "prisma"\n}\nmodel User {\n  id Int @id\n}\nmodel Order {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n',
    },
    ['prisma/schema.prisma:11 Order userId'],
  ],
  [
    'a column of Drizzle',
    { 'src/schema.ts': `${DRIZZLE}${USERS}export const orders = pgTable('orders', { id: integer().primaryKey(), userId: integer('user_id').notNull().references(() => users.id) });` },
    ['src/schema.ts:3 orders userId'],
  ],
  [
    'a foreign key in the third argument',
    {
      'src/schema.ts': `${DRIZZLE}${USERS}export const orders = pgTable('orders', { id: integer().primaryKey(), userId: integer() }, (t) => ({\n  user: foreignKey({ columns: [t.userId], foreignColumns: [users.id] }).onDelete('cascade'),\n}));`,
    },
    ['src/schema.ts:4 orders userId'],
  ],
  [
    'an index of Drizzle that begins with another column',
    {
      'src/schema.ts': `${DRIZZLE}${USERS}export const orders = pgTable('orders', { state: integer(), userId: integer().references(() => users.id) }, (t) => [index().on(t.state, t.userId)]);`,
    },
    ['src/schema.ts:3 orders userId'],
  ],
  [
    'an entity of TypeORM',
    { 'package.json': dependencies('typeorm', 'pg'), 'src/order.ts': `${TYPEORM}@Entity() export class Order { @PrimaryColumn() id: number;\n@ManyToOne(() => User) user: User; }` },
    ['src/order.ts:4 Order user'],
  ],
  [
    'a unique pair of TypeORM that begins with another column',
    {
      'package.json': dependencies('typeorm', 'pg'),
      'src/order.ts': `${TYPEORM}@Entity() @Unique(['number', 'user']) export class Order { @PrimaryColumn() id: number; @Column() number: number;\n@ManyToOne(() => User) user: User; }`,
    },
    ['src/order.ts:4 Order user'],
  ],
  [
    'a foreign key of sequelize-typescript',
    {
      'package.json': dependencies('sequelize', 'sequelize-typescript', 'pg'),
      'src/order.ts': `${SEQUELIZE}@Table export class Order extends Model {\n@ForeignKey(() => User) @Column userId: number;\n@BelongsTo(() => User) user: User; }`,
    },
    ['src/order.ts:4 Order userId'],
  ],
  [
    'an attribute of Sequelize that references',
    {
      'package.json': dependencies('sequelize', 'pg'),
      'src/order.ts': `${PLAIN}export const Order = sequelize.define('Order', {\n  userId: { type: DataTypes.INTEGER, references: { model: 'Users', key: 'id' } },\n});`,
    },
    ['src/order.ts:4 Order userId'],
  ],
];

const silent: readonly (readonly [reason: string, files: Readonly<Record<string, string>>])[] = [
  [
    'an index begins with it',
    { 'prisma/schema.prisma': `${POSTGRES}model Order {\n  id Int @id\n  userId Int\n  at DateTime\n  user User @relation(fields: [userId], references: [id])\n  @@index([userId, at(sort: Desc)])\n}\n` },
  ],
  [
    'it is unique',
    { 'prisma/schema.prisma': `${POSTGRES}model Profile {\n  id Int @id\n  userId Int @unique\n  user User @relation(fields: [userId], references: [id])\n}\n` },
  ],
  [
    'it is the key',
    { 'prisma/schema.prisma': `${POSTGRES}model Profile {\n  userId Int @id\n  user User @relation(fields: [userId], references: [id])\n}\n` },
  ],
  [
    'InnoDB makes the index',
    { 'prisma/schema.prisma': `${POSTGRES.replace('postgresql', 'mysql')}model Order {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n` },
  ],
  [
    'MongoDB has no foreign keys',
    { 'prisma/schema.prisma': `${POSTGRES.replace('postgresql', 'mongodb')}model Order {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n` },
  ],
  [
    'a comment of the schema says so',
    {
      'prisma/schema.prisma': `${POSTGRES}model Order {\n  id Int @id\n  userId Int\n  // eslint-disable-next-line backend-patterns/index-foreign-key -- users stay\n  user User @relation(fields: [userId], references: [id])\n}\n`,
    },
  ],
  [
    'the index stands in a migration alone',
    {
      'prisma/schema.prisma': `${POSTGRES}model Order {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n`,
      'prisma/migrations/20260101000000_init/migration.sql':
        'CREATE TABLE "Order" ("id" integer PRIMARY KEY, "userId" integer NOT NULL);\nCREATE INDEX "by_user" ON "Order" ("userId") WHERE "userId" IS NOT NULL;\n',
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    },
  ],
  [
    'an index of Drizzle begins with it',
    {
      'src/schema.ts': `${DRIZZLE}${USERS}export const orders = pgTable('orders', { id: integer(), userId: integer().references(() => users.id) }, (t) => ({ byUser: uniqueIndex('u').on(t.userId.desc(), t.id) }));`,
    },
  ],
  [
    'the primary key of Drizzle begins with it',
    {
      'src/schema.ts': `${DRIZZLE}${USERS}export const likes = pgTable('likes', { userId: integer().references(() => users.id), postId: integer() }, (t) => [primaryKey({ columns: [t.userId, t.postId] })]);`,
    },
  ],
  [
    'SQLite',
    {
      'src/schema.ts': "import { integer, sqliteTable } from 'drizzle-orm/sqlite-core';\nexport const users = sqliteTable('users', { id: integer().primaryKey() });\nexport const orders = sqliteTable('orders', { userId: integer().references(() => users.id) });",
    },
  ],
  [
    'an index of TypeORM on the relation, a function that names it, a relation of one to one',
    {
      'package.json': dependencies('typeorm', 'pg'),
      'src/order.ts': `${TYPEORM}@Entity() @Index((order) => [order.seller]) export class Order { @PrimaryColumn() id: number; @Index() @ManyToOne(() => User) user: User; @ManyToOne(() => User) seller: User; @OneToOne(() => User) @JoinColumn() payer: User; }`,
    },
  ],
  [
    'drivers of two databases',
    { 'package.json': dependencies('typeorm', 'pg', 'mysql2'), 'src/order.ts': `${TYPEORM}@Entity() export class Order { @PrimaryColumn() id: number; @ManyToOne(() => User) user: User; }` },
  ],
  [
    'MikroORM makes the index',
    {
      'package.json': dependencies('@mikro-orm/core', 'pg'),
      'src/order.ts': "import { Entity, ManyToOne, PrimaryKey } from '@mikro-orm/core';\n@Entity() export class User { @PrimaryKey() id: number; }\n@Entity() export class Order { @PrimaryKey() id: number; @ManyToOne(() => User) user: User; }",
    },
  ],
  [
    'indexes among the options of Sequelize',
    {
      'package.json': dependencies('sequelize', 'sequelize-typescript', 'pg'),
      'src/order.ts': `${SEQUELIZE}@Table({ indexes: [{ fields: ['userId'] }] }) export class Order extends Model { @ForeignKey(() => User) @Column userId: number; @Index @ForeignKey(() => User) @Column sellerId: number; }`,
      'src/line.ts': `${PLAIN}export const Line = sequelize.define('Line', { orderId: { type: DataTypes.INTEGER, references: { model: 'Orders', key: 'id' } } }, { indexes: [{ unique: true, fields: ['orderId', 'position'] }] });`,
    },
  ],
  [
    'a column that looks like one',
    { 'prisma/schema.prisma': `${POSTGRES}model Order {\n  id Int @id\n  userId Int\n  /// user User @relation(fields: [userId], references: [id])\n}\n` },
  ],
];

describe('index-foreign-key', () => {
  it.each(reported)('reports %s', (_, files, expected) => {
    expect(schemaFindings('index-foreign-key', files)).toEqual(expected);
  });

  it('suggests the index where the model ends', () => {
    const text = `${POSTGRES}model Order {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n`;
    const { findings } = checkText({ 'prisma/schema.prisma': text }, { rules, only: ['index-foreign-key'] });
    const [edit] = findings.flatMap(({ suggestions }) => suggestions.flatMap(({ edits }) => edits));
    expect(edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end)).toBe(text.replace(/\}\n$/, '  @@index([userId])\n}\n'));
  });

  it('leaves out what the options name', () => {
    const text = `/* eslint backend-patterns/index-foreign-key: ["error", { "ignore": ["Order.user"] }] */\n${POSTGRES}model Order {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n`;
    expect(schemaFindings('index-foreign-key', { 'prisma/schema.prisma': text })).toEqual([]);
  });

  it.each(silent)('is silent: %s', (_, files) => {
    expect(schemaFindings('index-foreign-key', files)).toEqual([]);
  });
});
