import { describe, expect, it } from 'vitest';
import { layerModel } from '../../src/project/layer-model.ts';
import { layerOf } from '../../src/project/layers.ts';
import { openProject } from '../../src/project/open.ts';
import type { Project } from '../../src/project/project.ts';
import { tree } from './tree.ts';

function open(files: Readonly<Record<string, string>>, settings = {}): Project {
  return openProject({ root: tree({ 'package.json': '{ "name": "shop", "type": "module" }', ...files }), cache: false, settings });
}

function labelOf(project: Project, path: string): string {
  const file = project.files.get(path);
  if (!file) throw new Error(`no file ${path}`);
  const { layer, confidence } = layerOf(project, file);
  return `${layer} ${confidence}`;
}

const PRISMA = `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`;
const FUNCTION = 'export function run(input: string) {\n  return input.trim();\n}\n';
const ROUTES = `import { Router } from 'express';\nexport const router = Router();\nrouter.get('/', (req, res) => { res.json({}); });\n`;

describe('a single file', () => {
  const cases: readonly (readonly [what: string, path: string, text: string, expected: string])[] = [
    ['suffix', 'src/orders/orders.service.ts', FUNCTION, 'service high'],
    ['joined name', 'src/orders/OrderRepository.ts', `export class OrderRepository {\n  find() { return 1; }\n}\n`, 'repository high'],
    ['folder', 'src/services/orders.ts', FUNCTION, 'service high'],
    ['a verb makes the word a thing', 'src/docker/create-service.ts', FUNCTION, 'other low'],
    ['routes', 'src/orders/api.ts', ROUTES, 'handler high'],
    ['routes beat a service suffix under routes/', 'src/routes/orders.service.ts', ROUTES, 'handler high'],
    [
      'composition of the application',
      'src/services/web.ts',
      `import express from 'express';\nimport { router } from './router.js';\nexport const app = express();\napp.use('/orders', router);\n`,
      'other high',
    ],
    ['controller suffix without a route', 'src/game/game.controller.ts', FUNCTION, 'other low'],
    ['Nest controller', 'src/orders/list.ts', `import { Controller } from '@nestjs/common';\n@Controller('orders')\nexport class Orders {}\n`, 'handler high'],
    [
      'CQRS command handler',
      'src/orders/handlers/place.handler.ts',
      `import { CommandHandler } from '@nestjs/cqrs';\nclass Place {}\n@CommandHandler(Place)\nexport class PlaceHandler { execute() { return 1; } }\n`,
      'service high',
    ],
    ['handler under events/', 'src/events/order-placed.handler.ts', FUNCTION, 'event high'],
    ['worker', 'src/mail.ts', `import { Worker } from 'bullmq';\nexport const worker = new Worker('mail', async () => {});\n`, 'job high'],
    [
      'guard',
      'src/auth/admin.ts',
      `import { type CanActivate } from '@nestjs/common';\nexport class Admin implements CanActivate { canActivate() { return true; } }\n`,
      'middleware high',
    ],
    ['error handler', 'src/errors/error-handler.ts', FUNCTION, 'middleware high'],
    [
      'schema with tables',
      'src/db/users.schema.ts',
      `import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', { id: text('id').primaryKey() });\n`,
      'model high',
    ],
    ['schema without tables', 'src/users/users.schema.ts', `import { z } from 'zod';\nexport const user = z.object({ id: z.string() });\n`, 'schema high'],
    ['entity', 'src/users/user.ts', `import { Entity } from 'typeorm';\n@Entity()\nexport class User { id!: string; }\n`, 'model high'],
    ['models/ without a table', 'src/models/rule.ts', 'export class Rule {\n  weigh() { return 1; }\n}\n', 'model low'],
    ['entity suffix', 'src/users/user.entity.ts', 'export class User {\n  id = 1;\n}\n', 'model high'],
    [
      'own base class of a model',
      'src/models/Order.ts',
      `import { Model } from 'sequelize-typescript';\nclass Base extends Model {}\nexport class Order extends Base {}\n`,
      'model high',
    ],
    [
      'repository of the ORM',
      'src/users/users.ts',
      `import { Repository } from 'typeorm';\nclass User {}\nexport class Users extends Repository<User> {}\n`,
      'repository high',
    ],
    ['database client', 'src/database.ts', PRISMA, 'client high'],
    ['queries of an editor', 'src/editor/queries/isBold.ts', FUNCTION, 'other low'],
    ['types alone', 'src/orders/orders.model.ts', 'export interface Order { id: string }\n', 'shared low'],
    ['types of input', 'src/orders/order.dto.ts', 'export interface OrderDto { id: string }\n', 'schema high'],
    ['barrel', 'src/services/index.ts', `export * from './orders.js';\n`, 'other high'],
    ['Nest module', 'src/orders/orders.module.ts', `import { Module } from '@nestjs/common';\n@Module({})\nexport class OrdersModule {}\n`, 'other high'],
    [
      'Angular service',
      'src/orders/orders.service.ts',
      `import { Injectable } from '@angular/core';\n@Injectable()\nexport class OrdersService {}\n`,
      'view high',
    ],
    ['client component', 'src/orders/services/cart.ts', `'use client';\n${FUNCTION}`, 'view high'],
    ['test file', 'src/orders/orders.service.test.ts', FUNCTION, 'other high'],
  ];

  it.each(cases)('%s: %s', (_what, path, text, expected) => {
    expect(labelOf(open({ [path]: text }), path)).toBe(expected);
  });

  it('a query by calling the client makes no client', () => {
    const project = open({
      'src/db.ts': `import knex from 'knex';\nexport const db = knex({});\n`,
      'src/orders/orders.service.ts': `import { db } from '../db.js';\nexport const all = () => db('orders').select();\n`,
    });
    expect([labelOf(project, 'src/db.ts'), labelOf(project, 'src/orders/orders.service.ts')]).toEqual(['client high', 'service high']);
  });
});

const SHOP = {
  'src/database.ts': PRISMA,
  'src/lib/place-order.ts': `import { prisma } from '../database.js';
export async function placeOrder(id: string) {
  return prisma.order.create({ data: { id } });
}
`,
  'src/orders/orders.routes.ts': `import { Router } from 'express';
import { placeOrder } from '../lib/index.js';
export const router = Router();
router.post('/', async (req, res) => { res.json(await placeOrder(req.body.id)); });
`,
  'src/lib/index.ts': `export * from './place-order.js';\n`,
};

describe('the neighbours', () => {
  it('take a function that queries and is used by handlers for a service, through a barrel, and not for sure', () => {
    const project = open(SHOP);
    expect(labelOf(project, 'src/lib/place-order.ts')).toBe('service low');
    expect(layerOf(project, project.files.get('src/lib/place-order.ts')!).evidence).toEqual(['sends queries and is used by handlers']);
  });

  it('say nothing about what nobody uses', () => {
    expect(labelOf(open({ ...SHOP, 'src/orders/orders.routes.ts': ROUTES }), 'src/lib/place-order.ts')).toBe('other low');
  });
});

describe('settings', () => {
  it('pin layers by globs', () => {
    const project = open(SHOP, { layers: [{ name: 'service', files: ['src/lib/**'] }] });
    expect(labelOf(project, 'src/lib/place-order.ts')).toBe('service high');
  });
});

describe('layerModel', () => {
  it('holds the files of sure core layers alone, and the direction of imports', () => {
    const { files, allowed } = layerModel(open({ ...SHOP, 'src/orders/orders.service.ts': FUNCTION, 'src/utils/text.ts': FUNCTION }));
    expect([...files].filter(([, layer]) => layer !== undefined)).toEqual([
      ['src/orders/orders.routes.ts', 'handler'],
      ['src/orders/orders.service.ts', 'service'],
    ]);
    expect(allowed.get('service')).toEqual(['repository', 'model']);
  });
});
