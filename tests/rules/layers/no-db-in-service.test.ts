import { describe, expect, it } from 'vitest';
import rule from '../../../rules/layers/no-db-in-service.ts';
import { placesOf } from './repository-projects.ts';

type Files = Readonly<Record<string, string>>;

const PRISMA_REPOSITORY: Files = {
  'src/users/users.repository.ts': `import { prisma } from '../prisma.js';
export class UserRepository {
  findById(id: string) { return prisma.user.findUnique({ where: { id } }); }
}
`,
};
const DRIZZLE_REPOSITORY: Files = {
  'src/orders/orders.repository.ts': `import { eq } from 'drizzle-orm';
import { db, orders } from '../drizzle.js';
export const findOrder = (id: string) => db.select().from(orders).where(eq(orders.id, id));
`,
};
const KNEX_REPOSITORY: Files = {
  'src/queries/user.queries.ts': `import { db } from '../knex.js';\nexport const findUser = (id: string) => db('users').where({ id }).first();\n`,
};
const TYPEORM_REPOSITORY: Files = {
  'src/users/user.repository.ts': `import { EntityRepository, Repository } from 'typeorm';
import { User } from '../entities.js';
@EntityRepository(User)
export class UserRepository extends Repository<User> {}
`,
};
const prismaService = (text: string, name = 'src/billing/billing.service.ts'): Files => ({
  ...PRISMA_REPOSITORY,
  [name]: `import { prisma } from '../prisma.js';\n${text}`,
});
const drizzleService = (text: string): Files => ({
  ...DRIZZLE_REPOSITORY,
  'src/reports/reports.service.ts': `import { eq } from 'drizzle-orm';\nimport { db, orders, products, users } from '../drizzle.js';\n${text}`,
});

describe('reported', () => {
  const cases: readonly (readonly [what: string, files: Files, expected: readonly string[]])[] = [
    [
      'Prisma in a function',
      prismaService(`export const emailOf = (id: string) => prisma.user.findUnique({ where: { id } });\n`),
      ['src/billing/billing.service.ts:2 prisma.user.findUnique({ where: { id } })'],
    ],
    [
      'once for each repository, at the first query',
      prismaService(`export class BillingService {
  read(id: string) { return prisma.user.findUnique({ where: { id } }); }
  lock(id: string) { return prisma.user.update({ where: { id }, data: { locked: true } }); }
}
`),
      ['src/billing/billing.service.ts:3 prisma.user.findUnique({ where: { id } })'],
    ],
    [
      'a client that is injected',
      {
        ...PRISMA_REPOSITORY,
        'src/billing/billing.service.ts': `import type { PrismaClient } from '@prisma/client';
export class BillingService {
  constructor(private readonly db: PrismaClient) {}
  count() { return this.db.user.count(); }
}
`,
      },
      ['src/billing/billing.service.ts:4 this.db.user.count()'],
    ],
    [
      'the client of a transaction that the service opened',
      prismaService(`export const close = (id: string) => prisma.$transaction(async (tx) => { await tx.user.delete({ where: { id } }); });\n`),
      ['src/billing/billing.service.ts:2 tx.user.delete({ where: { id } })'],
    ],
    [
      'Drizzle, a read',
      drizzleService(`export const open = () => db.select().from(orders).where(eq(orders.status, 'open'));\n`),
      [`src/reports/reports.service.ts:3 db.select().from(orders).where(eq(orders.status, 'open'))`],
    ],
    [
      'Drizzle, a write',
      drizzleService(`export const close = (id: string) => db.update(orders).set({ status: 'closed' }).where(eq(orders.id, id));\n`),
      [`src/reports/reports.service.ts:3 db.update(orders).set({ status: 'closed' }).where(eq(orders.id, id))`],
    ],
    [
      'Knex, a file of queries',
      {
        ...KNEX_REPOSITORY,
        'src/letters/letters.service.ts': `import { db } from '../knex.js';\nexport const address = (id: string) => db('users').where({ id }).first('email');\n`,
      },
      [`src/letters/letters.service.ts:2 db('users').where({ id }).first('email')`],
    ],
    [
      'TypeORM, the repository of the library past the one of the project',
      {
        ...TYPEORM_REPOSITORY,
        'src/billing/billing.service.ts': `import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { User } from '../entities.js';
export class BillingService {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
  all() { return this.users.find(); }
}
`,
      },
      ['src/billing/billing.service.ts:6 this.users.find()'],
    ],
    [
      'TypeORM, through the data source',
      {
        ...TYPEORM_REPOSITORY,
        'src/billing/billing.service.ts': `import { DataSource } from 'typeorm';
import { User } from '../entities.js';
export class BillingService {
  constructor(private readonly source: DataSource) {}
  all() { return this.source.getRepository(User).find(); }
}
`,
      },
      ['src/billing/billing.service.ts:5 this.source.getRepository(User).find()'],
    ],
    [
      'a repository in a package that this one depends on',
      {
        'packages/db/package.json': '{ "name": "@shop/db" }',
        'packages/db/src/users.repository.ts': `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export class UserRepository { all() { return prisma.user.findMany(); } }
`,
        'apps/shop/package.json': '{ "name": "@shop/shop", "dependencies": { "@shop/db": "*" } }',
        'apps/shop/src/client.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
        'apps/shop/src/users.service.ts': `import { prisma } from './client.js';\nexport const count = () => prisma.user.count();\n`,
      },
      ['apps/shop/src/users.service.ts:2 prisma.user.count()'],
    ],
    [
      'a repository that is an object',
      {
        'src/users/userRepository.ts': `import { prisma } from '../prisma.js';\nexport const userRepository = { all: () => prisma.user.findMany() };\n`,
        'src/users/userService.ts': `import { prisma } from '../prisma.js';\nexport const userService = { count: () => prisma.user.count() };\n`,
      },
      ['src/users/userService.ts:2 prisma.user.count()'],
    ],
  ];
  it.each(cases)('%s', (_what, files, expected) => {
    expect(placesOf(rule, files)).toEqual(expected);
  });
});

describe('left alone', () => {
  const cases: readonly (readonly [why: string, files: Files])[] = [
    ['a project without repositories', { 'src/users/users.service.ts': `import { prisma } from '../prisma.js';\nexport const all = () => prisma.user.findMany();\n` }],
    ['no repository for this entity', prismaService(`export const invoices = () => prisma.invoice.findMany();\n`)],
    [
      'a method of the repository',
      {
        ...PRISMA_REPOSITORY,
        'src/users/users.service.ts': `import type { UserRepository } from './users.repository.js';
export class UserService {
  constructor(private readonly users: UserRepository) {}
  get(id: string) { return this.users.findById(id); }
}
`,
      },
    ],
    [
      'a method that the repository inherits from the library',
      {
        ...TYPEORM_REPOSITORY,
        'src/users/user.service.ts': `import type { UserRepository } from './user.repository.js';
export class UserService {
  constructor(private readonly users: UserRepository) {}
  all() { return this.users.find(); }
}
`,
      },
    ],
    [
      'a method that the repository inherits from a base of the project',
      {
        'src/base.repository.ts': `import { prisma } from './prisma.js';
export class BaseRepository { run(text: string) { return prisma.$queryRawUnsafe(text); } }
`,
        'src/users/users.repository.ts': `import { prisma } from '../prisma.js';
import { BaseRepository } from '../base.repository.js';
export class UserRepository extends BaseRepository { all() { return prisma.user.findMany(); } }
`,
        'src/users/users.service.ts': `import type { UserRepository } from './users.repository.js';
export class UserService {
  constructor(private readonly users: UserRepository) {}
  all() { return this.users.run('SELECT * FROM "user"'); }
}
`,
      },
    ],
    [
      'opening a transaction and handing it on',
      {
        'src/users/users.repository.ts': `import type { Prisma } from '@prisma/client';
export class UserRepository { remove(id: string, tx: Prisma.TransactionClient) { return tx.user.delete({ where: { id } }); } }
`,
        'src/users/users.service.ts': `import { prisma } from '../prisma.js';
import type { UserRepository } from './users.repository.js';
export class UserService {
  constructor(private readonly users: UserRepository) {}
  close(id: string) { return prisma.$transaction((tx) => this.users.remove(id, tx)); }
}
`,
      },
    ],
    [
      'types and enums of Prisma',
      {
        ...PRISMA_REPOSITORY,
        'src/users/users.service.ts': `import { Prisma, Role } from '@prisma/client';\nexport const where = (): Prisma.UserWhereInput => ({ role: Role.ADMIN });\n`,
      },
    ],
    [
      'a join belongs to no single repository',
      drizzleService(`export const lines = () => db.select().from(orders).innerJoin(users, eq(users.id, orders.userId));\n`),
    ],
    ['another table of the same client', drizzleService(`export const stock = () => db.select().from(products);\n`)],
    [
      'a repository of a package that this one does not depend on',
      {
        'apps/shop/package.json': '{ "name": "shop" }',
        'apps/shop/src/users.repository.ts': `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export class UserRepository { all() { return prisma.user.findMany(); } }
`,
        'apps/desk/package.json': '{ "name": "desk" }',
        'apps/desk/src/users.service.ts': `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const count = () => prisma.user.count();\n`,
      },
    ],
    [
      'a table of the same name behind another library',
      { ...PRISMA_REPOSITORY, 'src/legacy/legacy.service.ts': `import { db } from '../knex.js';\nexport const old = () => db('users').select();\n` },
    ],
    ['a job is no service', prismaService(`export const run = () => prisma.user.deleteMany();\n`, 'src/jobs/purge.job.ts')],
    ['the repository itself', PRISMA_REPOSITORY],
  ];
  it.each(cases)('%s', (_why, files) => {
    expect(placesOf(rule, files)).toEqual([]);
  });

  it('services that query by decision', () => {
    expect(placesOf(rule, prismaService(`export const count = () => prisma.user.count();\n`), { style: 'handler-service' })).toEqual([]);
  });
});
