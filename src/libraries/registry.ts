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
import { ajv } from './ajv.ts';
import { arktype } from './arktype.ts';
import { celebrate } from './celebrate.ts';
import { classValidator } from './class-validator.ts';
import { effectSchema } from './effect-schema.ts';
import { expressValidator } from './express-validator.ts';
import { honoValidator } from './hono-validator.ts';
import { ioTs } from './io-ts.ts';
import { joi } from './joi.ts';
import { superstruct } from './superstruct.ts';
import { typebox } from './typebox.ts';
import { valibot } from './valibot.ts';
import { yup } from './yup.ts';
import { zod } from './zod.ts';
import { zodMiddleware } from './zod-middleware.ts';
import { awsClients, objectStorage } from './cloud-clients.ts';
import { httpClients } from './http-clients.ts';
import { mailServices, nodemailer } from './mailers.ts';
import { bull, kafkajs } from './queues.ts';
import { aiSdk, modelClients, remoteServices } from './remote-services.ts';
import type { Library } from './types.ts';

/** Every library that is known. Supporting another one is a file here and a line. */
export const libraries: readonly Library[] = [
  express,
  expressAsyncHandler,
  fastify,
  fastifyPlugin,
  fastifyAutoload,
  honoValidator,
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
  ajv,
  arktype,
  celebrate,
  classValidator,
  effectSchema,
  expressValidator,
  ioTs,
  joi,
  superstruct,
  typebox,
  valibot,
  yup,
  zod,
  zodMiddleware,
  httpClients,
  nodemailer,
  mailServices,
  bull,
  kafkajs,
  awsClients,
  objectStorage,
  modelClients,
  aiSdk,
  remoteServices,
];
