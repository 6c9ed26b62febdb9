import { connect, protobuf } from './connect.ts';
import { drizzle } from './drizzle.ts';
import { express, expressAsyncHandler } from './express.ts';
import { fastify, fastifyAutoload, fastifyPlugin } from './fastify.ts';
import { hono } from './hono.ts';
import { koa, koaMount, koaRouter } from './koa.ts';
import { nestjs } from './nestjs.ts';
import { next, webResponse } from './next.ts';
import { routingControllers } from './routing-controllers.ts';
import { trpc } from './trpc.ts';
import { nestjsGraphql, typeGraphql } from './type-graphql.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import { mongoose } from './mongoose.ts';
import { pg } from './pg.ts';
import { prisma } from './prisma.ts';
import { sequelize } from './sequelize.ts';
import { typeorm } from './typeorm.ts';
import type { Library } from './types.ts';

/** Every library that is known. Supporting another one is a file here and a line. */
export const libraries: readonly Library[] = [
  express,
  expressAsyncHandler,
  fastify,
  fastifyPlugin,
  fastifyAutoload,
  hono,
  koa,
  koaRouter,
  koaMount,
  nestjs,
  next,
  webResponse,
  routingControllers,
  trpc,
  connect,
  protobuf,
  typeGraphql,
  nestjsGraphql,
  prisma,
  drizzle,
  typeorm,
  knex,
  sequelize,
  kysely,
  mongoose,
  pg,
];
