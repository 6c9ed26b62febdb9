import { describe, expect, it } from 'vitest';
import { modelsOf } from '../../src/project/models.ts';
import { openProject } from '../../src/project/open.ts';
import { tree } from '../project/tree.ts';

function show(files: Readonly<Record<string, string>>): string[] {
  const project = openProject({ root: tree({ 'package.json': '{}', ...files }), cache: false });
  return modelsOf(project).map(({ library, name, schema, table, columns, relations }) => {
    const fields = columns.map((each) => `${each.property}${each.column === each.property ? '' : `→${each.column}`}`);
    return `${library} ${name} ${schema === undefined ? '' : `${schema}.`}${table}: ${[...fields, ...relations.map(({ property, target }) => `${property}>${target}`)].join(' ')}`;
  });
}

const cases: readonly { readonly name: string; readonly files: Readonly<Record<string, string>>; readonly expected: readonly string[] }[] = [
  {
    name: 'Drizzle tables with shared columns and relations',
    files: {
      'src/columns.ts': "import { timestamp } from 'drizzle-orm/pg-core';\nexport const stamps = { createdAt: timestamp('created_at').defaultNow() };",
      'src/schema.ts': [
        "import { relations } from 'drizzle-orm';",
        "import { integer, pgSchema, pgTable, text } from 'drizzle-orm/pg-core';",
        "import { stamps } from './columns';",
        "const shop = pgSchema('shop');",
        "export const users = pgTable('users', { id: integer().primaryKey(), fullName: text('full_name').notNull(), ...stamps });",
        "export const orders = shop.table('orders', (t) => ({ id: t.integer(), userId: t.integer('user_id') }));",
        'export const orderRelations = relations(orders, ({ one }) => ({ user: one(users, { fields: [orders.userId], references: [users.id] }) }));',
      ].join('\n'),
    },
    expected: ['drizzle users users: id fullName→full_name createdAt→created_at', 'drizzle orders shop.orders: id userId→user_id user>users'],
  },
  {
    name: 'Drizzle with a creator and a casing',
    files: {
      'src/db.ts': "import { drizzle } from 'drizzle-orm/node-postgres';\nexport const db = drizzle(process.env.URL, { casing: 'snake_case' });",
      'src/schema.ts': "import { pgTableCreator, text } from 'drizzle-orm/pg-core';\nconst createTable = pgTableCreator((name) => `shop_${name}`);\nexport const users = createTable('users', { fullName: text() });",
    },
    expected: ['drizzle users shop_users: fullName→full_name'],
  },
  {
    name: 'TypeORM entities with a base class and relations',
    files: {
      'src/base.ts': "import { CreateDateColumn, PrimaryGeneratedColumn } from 'typeorm';\nexport abstract class Base { @PrimaryGeneratedColumn() id: number; @CreateDateColumn({ name: 'created_at' }) createdAt: Date; }",
      'src/user.ts': [
        "import { Column, Entity, JoinColumn, ManyToOne, OneToOne } from 'typeorm';",
        "import { Base } from './base';",
        '@Entity()',
        "export class UserAccount extends Base { @Column({ name: 'mail' }) email: string; @ManyToOne(() => Role) role: Role; @OneToOne(() => Role) @JoinColumn({ name: 'main' }) mainRole: Role; }",
        "@Entity({ name: 'roles', schema: 'auth' })",
        'export class Role { @Column() title: string; }',
      ].join('\n'),
    },
    expected: [
      'typeorm UserAccount user_account: email→mail role→roleId mainRole→main id createdAt→created_at role>Role mainRole>Role',
      'typeorm Role auth.roles: title',
    ],
  },
  {
    name: 'TypeORM with snake case names',
    files: {
      'src/data-source.ts': "import { DataSource } from 'typeorm';\nimport { SnakeNamingStrategy } from 'typeorm-naming-strategies';\nexport default new DataSource({ type: 'postgres', namingStrategy: new SnakeNamingStrategy() });",
      'src/user.ts': "import { Column, Entity } from 'typeorm';\n@Entity('users')\nexport class User { @Column() fullName: string; }",
    },
    expected: ['typeorm User users: fullName→full_name'],
  },
  {
    name: 'Sequelize with decorators',
    files: {
      'src/user.ts': "import { Column, HasMany, Model, Table } from 'sequelize-typescript';\n@Table({ tableName: 'users', paranoid: true })\nexport class User extends Model { @Column({ field: 'full_name' }) fullName: string; @HasMany(() => User, 'parentId') children: User[]; @Column parentId: number; }",
    },
    expected: ['sequelize User users: fullName→full_name parentId createdAt updatedAt deletedAt children>User'],
  },
  {
    name: 'Sequelize with a column of the base class switched off',
    files: {
      'src/base.ts': "import { Column, CreatedAt, Model, UpdatedAt } from 'sequelize-typescript';\nexport abstract class Base extends Model { @Column id: string; @CreatedAt createdAt: Date; @UpdatedAt updatedAt: Date; }",
      'src/event.ts': "import { Column, Table } from 'sequelize-typescript';\nimport { Base } from './base';\n@Table({ tableName: 'events', updatedAt: false })\nexport class Event extends Base { @Column name: string; }",
    },
    expected: ['sequelize Event events: name id createdAt'],
  },
  {
    name: 'Sequelize without decorators',
    files: {
      'src/db.js': "const { Sequelize } = require('sequelize');\nmodule.exports = new Sequelize('postgres://', { define: { underscored: true } });",
      'src/user.js': "const { DataTypes } = require('sequelize');\nconst sequelize = require('./db');\nmodule.exports = sequelize.define('OrderLine', { unitPrice: DataTypes.INTEGER, note: { type: DataTypes.TEXT, field: 'remark' } }, { timestamps: false });",
    },
    expected: ['sequelize OrderLine order_lines: unitPrice→unit_price note→remark'],
  },
  {
    name: 'MikroORM entities',
    files: {
      'src/user.ts': "import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/core';\n@Entity({ tableName: 'people' })\nexport class Person { @PrimaryKey() id!: number; @Property() fullName!: string; @Property({ fieldName: 'mail' }) email!: string; @ManyToOne(() => Person) boss!: Person; }",
    },
    expected: ['mikro-orm Person people: id fullName→full_name email→mail boss→boss_id boss>Person'],
  },
  {
    name: 'nothing in tests and look-alikes',
    files: {
      'src/table.test.ts': "import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', { a: text() });",
      'src/own.ts': "const pgTable = (name: string, columns: object) => ({ name, columns });\nexport const users = pgTable('users', { a: 1 });",
    },
    expected: [],
  },
];

describe('modelsOf', () => {
  it.each(cases)('$name', ({ files, expected }) => {
    expect(show(files)).toEqual(expected);
  });
});
