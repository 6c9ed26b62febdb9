import { describe, expect, test } from 'vitest';
import { routeLines } from '../project/route-lines.ts';

describe('routing-controllers', () => {
  test('controllers under the prefix of the server', () => {
    const lines = routeLines({
      'src/server.ts': `
        import { createExpressServer } from 'routing-controllers';
        const app = createExpressServer({ routePrefix: '/api', controllers: [] });
        app.get('/health', (req, res) => res.send('ok'));
      `,
      'src/pets.ts': `
        import { Authorized, Get, JsonController, Method, Post, UseBefore } from 'routing-controllers';
        @Authorized()
        @JsonController('/pets')
        export class PetController {
          @Get() find() {}
          @Get('/:id') one() {}
          @Post() @UseBefore(limit) create() {}
          @Method('patch', '/:id') change() {}
        }
        function limit() {}
      `,
    });
    expect(lines).toEqual([
      'GET /api/pets (Authorized) → find',
      'GET /api/pets/:id (Authorized) → one',
      'GET /health → inline',
      'PATCH /api/pets/:id (Authorized) → change',
      'POST /api/pets (Authorized, limit) → create',
    ]);
  });
});
