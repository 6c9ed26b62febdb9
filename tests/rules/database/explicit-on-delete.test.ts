import { describe, expect, it } from 'vitest';
import { schemaFindings } from './schema-check.ts';

type Files = Readonly<Record<string, string>>;

/** Fields of a model of Prisma that stand from line 5 on. */
const prisma = (...fields: readonly string[]): Files => ({
  'prisma/schema.prisma': ['model User {', '  id Int @id', '}', 'model Order {', ...fields.map((field) => `  ${field}`), '}', ''].join('\n'),
});
/** Columns of a table of Drizzle in line 4, and its third argument. */
const drizzle = (columns: string, extra = '() => []'): Files => ({
  'src/schema.ts': `import { foreignKey, integer, pgTable } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', { id: integer().primaryKey(), other: integer() });\nexport const orders = pgTable('orders', {\n${columns} }, ${extra});`,
});
/** Members of an entity of TypeORM in line 4. */
const typeorm = (members: string): Files => ({
  'src/order.ts': `import { Column, Entity, JoinColumn, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryColumn } from 'typeorm';\n@Entity() export class User { @PrimaryColumn() id: number; }\n@Entity() export class Order { @PrimaryColumn() id: number;\n${members} }`,
});

const reported: readonly (readonly [name: string, files: Files, expected: readonly string[]])[] = [
  ['a required relation', prisma('userId Int', 'user User @relation(fields: [userId], references: [id])'), ['prisma/schema.prisma:6 Order.user User']],
  ['an optional relation', prisma('userId Int?', 'user User? @relation(fields: [userId], references: [id])'), ['prisma/schema.prisma:6 Order.user User']],
  ['a named relation', prisma('buyerId Int', 'buyer User @relation("buyer", fields: [buyerId], references: [id])'), ['prisma/schema.prisma:6 Order.buyer User']],
  ['onUpdate alone', prisma('userId Int', 'user User @relation(fields: [userId], references: [id], onUpdate: Cascade)'), ['prisma/schema.prisma:6 Order.user User']],
  ['a reference of Drizzle', drizzle('userId: integer().references(() => users.id)'), ['src/schema.ts:4 orders.userId users']],
  ['a reference with onUpdate', drizzle("userId: integer().references(() => users.id, { onUpdate: 'cascade' }).notNull()"), ['src/schema.ts:4 orders.userId users']],
  ['a foreignKey', drizzle('userId: integer()', '(t) => [foreignKey({ columns: [t.userId], foreignColumns: [users.id] })]'), ['src/schema.ts:4 orders.userId users']],
  ['two references', drizzle('userId: integer().references(() => users.id),\notherId: integer().references(() => users.other)'), ['src/schema.ts:4 orders.userId users', 'src/schema.ts:5 orders.otherId users']],
  ['a relation of TypeORM', typeorm('@ManyToOne(() => User) user: User;'), ['src/order.ts:4 Order.user User']],
  ['a relation of TypeORM with other options', typeorm('@ManyToOne(() => User, (user) => user.id, { eager: true }) user: User;'), ['src/order.ts:4 Order.user User']],
  ['the owner of one to one', typeorm('@OneToOne(() => User) @JoinColumn() user: User;'), ['src/order.ts:4 Order.user User']],
];

const silent: readonly (readonly [reason: string, files: Files])[] = [
  ['it is said', prisma('userId Int', 'user User @relation(fields: [userId], references: [id], onDelete: Cascade)')],
  ['NoAction is said, too', prisma('userId Int', 'user User @relation(fields: [userId], onDelete: NoAction, references: [id])')],
  ['the other side', prisma('users User[]', 'one User?')],
  ['no relation', prisma('userId Int')],
  ['a comment says why', prisma('userId Int', '// eslint-disable-next-line backend-patterns/explicit-on-delete -- users stay', 'user User @relation(fields: [userId], references: [id])')],
  ['Drizzle says it', drizzle("userId: integer().notNull().references(() => users.id, { onDelete: 'cascade' })")],
  ['a foreignKey says it', drizzle('userId: integer()', "(t) => [foreignKey({ columns: [t.userId], foreignColumns: [users.id] }).onUpdate('cascade').onDelete('set null')]")],
  ['no reference', drizzle('userId: integer()')],
  ['TypeORM says it', typeorm("@ManyToOne(() => User, { onDelete: 'CASCADE' }) user: User;")],
  ['relations without a column', typeorm('@OneToMany(() => User, (user) => user.id) users: User[]; @ManyToMany(() => User) many: User[]; @OneToOne(() => User) other: User;')],
  [
    'Sequelize says it at the association',
    {
      'src/order.ts':
        "import { BelongsTo, Column, ForeignKey, Model, Table } from 'sequelize-typescript';\n@Table export class User extends Model {}\n@Table export class Order extends Model { @ForeignKey(() => User) @Column userId: number; @BelongsTo(() => User, { onDelete: 'CASCADE' }) user: User; }",
    },
  ],
];

describe('explicit-on-delete', () => {
  it.each(reported)('reports %s', (_, files, expected) => {
    expect(schemaFindings('explicit-on-delete', files)).toEqual(expected);
  });

  it.each(silent)('is silent: %s', (_, files) => {
    expect(schemaFindings('explicit-on-delete', files)).toEqual([]);
  });
});
