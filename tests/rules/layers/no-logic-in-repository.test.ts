import { describe, expect, it } from 'vitest';
import rule from '../../../rules/layers/no-logic-in-repository.ts';
import { placesOf } from './repository-projects.ts';

type Files = Readonly<Record<string, string>>;

const AT = 'src/users/users.repository.ts';
const repository = (head: string, members: string, parameters = ''): Files => ({
  [AT]: `${head}
import { prisma } from '../prisma.js';
export class UserRepository {
  constructor(${parameters}) {}
  all() { return prisma.user.findMany(); }
  ${members}
}
`,
});
const knex = (head: string, text: string): Files => ({
  'src/queries/user.queries.js': `${head}\nimport { db } from '../knex.js';\nexport const all = () => db('users').select();\n${text}`,
});
const drizzle = (head: string, text: string): Files => ({
  'src/orders/orders.repository.ts': `${head}\nimport { db, orders } from '../drizzle.js';\nexport const all = () => db.select().from(orders);\n${text}`,
});

describe('reported', () => {
  const cases: readonly (readonly [what: string, files: Files, expected: readonly string[]])[] = [
    ['bcrypt', repository(`import bcrypt from 'bcrypt';`, `hash(text: string) { return bcrypt.hash(text, 12); }`), [`${AT}:6 bcrypt.hash(text, 12)`]],
    ['a named import', repository(`import { verify } from 'argon2';`, `is(hash: string, text: string) { return verify(hash, text); }`), [`${AT}:6 verify(hash, text)`]],
    ['scrypt', repository(`import { scryptSync } from 'node:crypto';`, `hash(text: string) { return scryptSync(text, 'salt', 64); }`), [`${AT}:6 scryptSync(text, 'salt', 64)`]],
    [
      'each kind once, at its first place',
      knex(`import bcrypt from 'bcryptjs';`, `export const add = async (user) => db('users').insert({ hash: await bcrypt.hash(user.password, await bcrypt.genSalt(12)) });\n`),
      ['src/queries/user.queries.js:4 bcrypt.genSalt(12)'],
    ],
    [
      'a mail transport of the module',
      repository(`import nodemailer from 'nodemailer';\nconst transport = nodemailer.createTransport({});`, `tell() { return transport.sendMail({ to: 'a@example.com' }); }`),
      [`${AT}:7 transport.sendMail({ to: 'a@example.com' })`],
    ],
    [
      'an injected mailer',
      repository(`import { MailerService } from '@nestjs-modules/mailer';`, `tell() { return this.mailer.sendMail({}); }`, 'private readonly mailer: MailerService'),
      [`${AT}:6 this.mailer.sendMail({})`],
    ],
    ['fetch', drizzle('', `export const rate = () => fetch('https://rates.example.com');\n`), [`src/orders/orders.repository.ts:4 fetch('https://rates.example.com')`]],
    ['axios', drizzle(`import axios from 'axios';`, `export const rate = () => axios.get('/rates');\n`), [`src/orders/orders.repository.ts:4 axios.get('/rates')`]],
    ['axios, called', drizzle(`import axios from 'axios';`, `export const rate = () => axios({ url: '/rates' });\n`), [`src/orders/orders.repository.ts:4 axios({ url: '/rates' })`]],
    [
      'a queue',
      knex(`import { Queue } from 'bullmq';\nconst letters = new Queue('letters');`, `export const add = async (user) => { await db('users').insert(user); await letters.add('welcome', user); };\n`),
      [`src/queries/user.queries.js:5 letters.add('welcome', user)`],
    ],
    [
      'events of NestJS',
      repository(`import { EventEmitter2 } from '@nestjs/event-emitter';`, `add() { this.events.emit('user.added'); }`, 'private readonly events: EventEmitter2'),
      [`${AT}:6 this.events.emit('user.added')`],
    ],
    [
      'two kinds',
      repository(`import bcrypt from 'bcrypt';`, `async add(text: string) { await fetch('https://example.com'); return bcrypt.hash(text, 12); }`),
      [`${AT}:6 fetch('https://example.com')`, `${AT}:6 bcrypt.hash(text, 12)`],
    ],
  ];
  it.each(cases)('%s', (_what, files, expected) => {
    expect(placesOf(rule, files)).toEqual(expected);
  });
});

describe('left alone', () => {
  const cases: readonly (readonly [why: string, files: Files])[] = [
    ['rows mapped to objects', repository('', `async names() { return (await prisma.user.findMany()).map((user) => ({ id: user.id, name: user.name.trim() })); }`)],
    ['branches that build a query', repository('', `find(email?: string) { return prisma.user.findMany({ where: email ? { email } : {} }); }`)],
    ['random ids', repository(`import { randomUUID } from 'node:crypto';`, `add() { return prisma.user.create({ data: { id: randomUUID() } }); }`)],
    ['a digest as a key', repository(`import { createHash } from 'node:crypto';`, `key(text: string) { return createHash('sha256').update(text).digest('hex'); }`)],
    ['data behind an API', { [AT]: `export class UserRepository { all() { return fetch('https://users.example.com'); } }\n` }],
    [
      'a class beside the repository',
      { [AT]: `import { prisma } from '../prisma.js';
export class UserRepository { all() { return prisma.user.findMany(); } }
export class RemoteUserRepository { all() { return fetch('https://users.example.com'); } }
` },
    ],
    ['a service', { 'src/users/users.service.ts': `import bcrypt from 'bcrypt';\nexport const hash = (text: string) => bcrypt.hash(text, 12);\n` }],
    ['a method called like one of a mailer', repository(`import { outbox } from '../outbox.js';`, `tell() { return outbox.sendMail({}); }`)],
    ['a set', repository('', `ids() { const ids = new Set<string>(); ids.add('1'); return ids; }`)],
    ['a client that is made', repository(`import { Queue } from 'bullmq';\nexport const letters = new Queue('letters');`, '')],
    ['types of a package', repository(`import type { AxiosError } from 'axios';`, `failed(error: AxiosError) { return prisma.user.create({ data: { note: error.message } }); }`)],
    ['a function of its own named fetch', drizzle('', `const fetch = (id: string) => db.select().from(orders);\nexport const one = () => fetch('1');\n`)],
  ];
  it.each(cases)('%s', (_why, files) => {
    expect(placesOf(rule, files)).toEqual([]);
  });
});
