import { describe, expect, it } from 'vitest';
import { transactionFindings } from './transaction-check.ts';

interface Case {
  readonly title: string;
  readonly code: string;
  readonly says?: string;
}

const PRISMA = `import { prisma } from './clients/prisma.ts';\n`;
const inTransaction = (body: string, before = '') =>
  `${PRISMA}${before}\nexport const place = (url: string) => prisma.$transaction(async (tx) => { await tx.order.create({ data: {} }); ${body} });`;

const WAITING: readonly Case[] = [
  { title: 'fetch', code: inTransaction(`await fetch(url);`), says: '`fetch` makes an open transaction wait for another server' },
  { title: 'axios', code: inTransaction(`const { data } = await axios.post(url, {}); return data;`, `import axios from 'axios';`) },
  { title: 'an instance of axios', code: inTransaction(`await api.get('/stock');`, `import axios from 'axios';\nconst api = axios.create({});`) },
  { title: 'got, returned', code: inTransaction(`return got.post(url);`, `import got from 'got';`) },
  { title: 'requests at once', code: inTransaction(`await Promise.all([fetch(url), fetch(url + '/2')]).catch(() => []);`), says: 'fetch' },
  {
    title: 'mail, through a function',
    code: inTransaction(
      `await notify();`,
      `import nodemailer from 'nodemailer';\nconst transport = nodemailer.createTransport({});\nasync function notify() { await transport.sendMail({}); }`,
    ),
    says: '`notify` makes an open transaction wait for a mail server (`transport.sendMail`)',
  },
  { title: 'mail by a service', code: inTransaction(`await resend.emails.send({});`, `import { Resend } from 'resend';\nconst resend = new Resend('key');`) },
  { title: 'a queue', code: inTransaction(`await queue.add('ship', {});`, `import { Queue } from 'bullmq';\nconst queue = new Queue('orders');`), says: 'outbox' },
  {
    title: 'object storage',
    code: inTransaction(`await s3.send(new PutObjectCommand({}));`, `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});`),
    says: 'object storage',
  },
  {
    title: 'a language model',
    code: inTransaction(`await openai.chat.completions.create({});`, `import OpenAI from 'openai';\nconst openai = new OpenAI();`),
    says: 'a language model',
  },
  { title: 'payments', code: inTransaction(`await stripe.refunds.create({});`, `import Stripe from 'stripe';\nconst stripe = new Stripe('key');`) },
  {
    title: 'Knex, begun and committed',
    code: `import { db } from './clients/knex.ts';
    export async function place(url: string) { const trx = await db.transaction(); await trx('orders').insert({}); await fetch(url); await trx.commit(); }`,
  },
  {
    title: 'Drizzle',
    code: `import { db } from './clients/drizzle.ts';\nimport { orders } from './clients/schema.ts';
    export const place = (url: string) => db.transaction(async (tx) => { await tx.insert(orders).values({}); await fetch(url); });`,
  },
  {
    title: 'Sequelize',
    code: `import { Order, sequelize } from './clients/models.ts';
    export const place = (url: string) => sequelize.transaction(async (transaction) => { await Order.create({}, { transaction }); await fetch(url); });`,
  },
];

/** Each with the reason for silence as its title. */
const SILENT: readonly Case[] = [
  { title: 'before the transaction', code: `${PRISMA}export async function place(url: string) { await fetch(url); return prisma.$transaction(async (tx) => tx.order.create({ data: {} })); }` },
  { title: 'after the transaction', code: `${PRISMA}export async function place(url: string) { await prisma.$transaction(async (tx) => tx.order.create({ data: {} })); await fetch(url); }` },
  { title: 'nobody waits', code: inTransaction(`void fetch(url); fetch(url).catch(() => undefined);`) },
  { title: 'later, on a timer', code: inTransaction(`setTimeout(async () => { await fetch(url); }, 0);`) },
  { title: 'nothing goes over the network', code: inTransaction(`stripe.webhooks.constructEvent('', '', '');`, `import Stripe from 'stripe';\nconst stripe = new Stripe('key');`) },
  { title: 'an outbox', code: inTransaction(`await tx.outbox.create({ data: { url } });`) },
  { title: 'a function of the project by the name of one', code: inTransaction(`await fetch(url);`, `async function fetch(url: string) { return url; }`) },
  { title: 'a list of statements', code: `${PRISMA}export async function place(url: string) { await prisma.$transaction([prisma.order.deleteMany()]); await fetch(url); }` },
  {
    title: 'after the commit, in one function',
    code: `import { db } from './clients/knex.ts';
    export async function place(url: string) { const trx = await db.transaction(); await trx('orders').insert({}); await trx.commit(); await fetch(url); }`,
  },
  {
    title: 'Sequelize: when the transaction has been committed',
    code: `import { Order, sequelize } from './clients/models.ts';
    export const place = (url: string) => sequelize.transaction(async (transaction) => {
      await Order.create({}, { transaction });
      transaction.afterCommit(async () => { await fetch(url); });
    });`,
  },
  { title: 'switched off by the call', code: inTransaction(`await save();`, `async function save(options?: { notify: string }) { if (options?.notify) await fetch(options.notify); }`) },
];

describe('no-io-in-transaction', () => {
  it.each(WAITING)('reports: $title', ({ code, says }) => {
    const found = transactionFindings('no-io-in-transaction', code);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]!.message).toContain(says ?? '');
  });

  it.each(SILENT)('is silent: $title', ({ code }) => {
    expect(transactionFindings('no-io-in-transaction', code)).toEqual([]);
  });
});
