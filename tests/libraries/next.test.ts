import { describe, expect, test } from 'vitest';
import { routeLines } from '../project/route-lines.ts';

const NEXT = { name: 'web', dependencies: { next: '15.0.0' } };

describe('Next.js', () => {
  test('route handlers and API routes by file', () => {
    const lines = routeLines({
      'apps/web/package.json': NEXT,
      'apps/web/src/app/(shop)/orders/[id]/route.ts': `
        export async function GET(request: Request) { return Response.json({}); }
        export const DELETE = withAuth(async (request: Request) => new Response(null, { status: 204 }));
        function withAuth(handler) { return handler; }
        export const dynamic = 'force-dynamic';
      `,
      'apps/web/src/app/files/[...path]/route.ts': `async function handler() {} export { handler as GET, handler as POST };`,
      'apps/web/src/app/page.tsx': `export default function Page() { return null; }`,
      'apps/web/pages/api/users/index.ts': `export default async function users(req, res) { res.status(200).json([]); }`,
      'apps/web/pages/api/[[...rest]].ts': `export default (req, res) => res.end();`,
      'other/package.json': { name: 'other' },
      'other/pages/api/users.ts': `export default function users() {}`,
    });
    expect(lines).toEqual([
      'ALL /api/* → default',
      'ALL /api/users → users',
      'DELETE /orders/:id (withAuth) → inline',
      'GET /files/* → handler',
      'GET /orders/:id → GET',
      'POST /files/* → handler',
    ]);
  });
});
