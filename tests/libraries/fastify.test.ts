import { describe, expect, test } from 'vitest';
import { routeLines } from '../project/route-lines.ts';

describe('Fastify', () => {
  test.each<{ name: string; files: Record<string, string>; lines: string[] }>([
    {
      name: 'plugins with prefixes, nested, and hooks of plugins that share the scope',
      files: {
        'src/app.ts': `
          import fastify from 'fastify';
          import users from './users.ts';
          import { auth } from './auth.ts';
          const app = fastify().withTypeProvider();
          app.register(async function secured(scope) {
            scope.register(auth);
            scope.register(users, { prefix: 'users' });
          }, { prefix: '/api' });
          app.get('/status', async (request, reply) => reply.code(200).send());
        `,
        'src/auth.ts': `
          import fp from 'fastify-plugin';
          export const auth = fp(async function jwt(fastify) {
            fastify.addHook('preHandler', async (request) => {});
            fastify.addHook('onClose', async () => {});
          });
        `,
        'src/users.ts': `
          import type { FastifyInstance } from 'fastify';
          export default async function routes(fastify: FastifyInstance) {
            fastify.get('/', { schema: {}, preHandler: [limit] }, async () => []);
            fastify.route({ method: ['PUT', 'PATCH'], url: '/:id', preValidation: limit, handler: update });
            for (const kind of ['cpu', 'heap']) fastify.post(\`/\${kind}\`, async () => ({}));
          }
          async function limit() {}
          async function update() {}
        `,
      },
      lines: [
        'GET /api/users (jwt, limit) → inline',
        'GET /status → inline',
        'PATCH /api/users/:id (jwt, limit) → update',
        'POST /api/users/cpu | /api/users/heap (jwt) → inline',
        'PUT /api/users/:id (jwt, limit) → update',
      ],
    },
    {
      name: 'plugins loaded by folder, typed as plugins',
      files: {
        'src/app.ts': `
          import path from 'node:path';
          import Fastify from 'fastify';
          import autoload from '@fastify/autoload';
          const app = Fastify();
          app.register(autoload, { dir: path.join(import.meta.dirname, 'routes'), options: { prefix: '/v1' } });
        `,
        'src/routes/orders/index.ts': `
          import type { FastifyPluginAsync } from 'fastify';
          const orders: FastifyPluginAsync = async (fastify) => {
            fastify.get('/:id', async (request) => ({}));
          };
          export default orders;
        `,
      },
      lines: ['GET /v1/orders/:id → inline'],
    },
  ])('$name', ({ files, lines }) => {
    expect(routeLines(files)).toEqual(lines);
  });
});
