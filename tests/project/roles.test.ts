import { describe, expect, it } from 'vitest';
import { lowerFile } from '../../src/facts/lower.ts';
import { roleOf } from '../../src/project/roles.ts';

describe('roleOf', () => {
  it.each([
    ['src/orders/orders.service.ts', 'source'],
    ['src/tests.controller.ts', 'source'],
    ['src/latest/index.ts', 'source'],
    ['src/contest/contest.service.ts', 'source'],
    ['src/config/database.ts', 'source'],
    ['src/docs/docs.controller.ts', 'source'],
    ['src/benchmarks/benchmarks.controller.ts', 'source'],
    ['src/routes/mcp/tools/notification.ts', 'source'],
    ['src/auth/config/auth.config.ts', 'source'],
    ['src/db/drizzle.config.ts', 'config'],
    ['tools/release.ts', 'script'],
    ['src/orders/orders.service.spec.ts', 'test'],
    ['src/orders/orders.test.tsx', 'test'],
    ['test/orders.e2e-spec.ts', 'test'],
    ['src/__tests__/orders.ts', 'test'],
    ['src/__mocks__/mailer.ts', 'test'],
    ['apps/api/test/setup.ts', 'test'],
    ['src/test/test.controller.ts', 'test'],
    ['apps/api-e2e/src/support.ts', 'test'],
    ['src/test-utils/database.ts', 'test'],
    ['src/Button.stories.tsx', 'test'],
    ['jest.setup.ts', 'test'],
    ['prisma/seed.ts', 'seed'],
    ['src/seeds/users.ts', 'seed'],
    ['src/database/user.seed.ts', 'seed'],
    ['src/seedling.service.ts', 'source'],
    ['packages/database/src/scripts/backfill.ts', 'script'],
    ['bin/www.js', 'script'],
    ['src/migrations/1700000000000-AddUser.ts', 'migration'],
    ['db/migrations/20240101_init.js', 'migration'],
    ['migrations/0001_init.ts', 'migration'],
    ['src/migrations/replay.ts', 'source'],
    ['src/database/migrations/users-20240101120000.ts', 'migration'],
    ['vite.config.ts', 'config'],
    ['.eslintrc.cjs', 'config'],
    ['knexfile.ts', 'config'],
    ['apps/api/drizzle.config.ts', 'config'],
    ['src/generated/client.ts', 'generated'],
    ['src/__generated__/types.ts', 'generated'],
    ['src/routeTree.gen.ts', 'generated'],
    ['src/proto/user_pb.ts', 'generated'],
    ['public/vendor.min.js', 'generated'],
    ['types/express.d.ts', 'declaration'],
    ['examples/basic/server.ts', 'example'],
    ['docs/snippets/server.ts', 'example'],
  ] as const)('%s is %s', (file, role) => {
    expect(roleOf(file, () => lowerFile('export const a = 1;\n', 'ts'))).toBe(role);
  });

  it.each([
    ['a header that says so', 'src/client.ts', '/* This file was generated. DO NOT EDIT. @generated */\nexport const a = 1;', 'generated'],
    ['a pair of up and down', 'src/migrations/add-user.ts', 'export async function up(db) {}\nexport async function down(db) {}', 'migration'],
    ['up in CommonJS', 'migrations/add-user.js', 'module.exports = { up: async (query) => {}, down: async (query) => {} };', 'migration'],
    ['up elsewhere', 'src/elevator.ts', 'export function up() {}', 'source'],
    [
      "TypeORM's interface",
      'src/history/AddUser.ts',
      "import { MigrationInterface } from 'typeorm';\nexport class AddUser implements MigrationInterface {}",
      'migration',
    ],
    [
      "MikroORM's class",
      'src/history/AddUser.ts',
      "import { Migration } from '@mikro-orm/migrations';\nexport class AddUser extends Migration {}",
      'migration',
    ],
    ['a class of that name', 'src/a.ts', "import { Migration } from './plan';\nexport class A extends Migration {}", 'source'],
  ] as const)('reads %s', (_name, file, text, role) => {
    expect(roleOf(file, () => lowerFile(text, file.endsWith('.js') ? 'js' : 'ts'))).toBe(role);
  });

  it('does not ask a test for its facts', () => {
    const readFacts = () => {
      throw new Error('asked');
    };
    expect(roleOf('src/orders/orders.test.ts', readFacts)).toBe('test');
    expect(() => roleOf('src/orders/orders.ts', readFacts)).toThrow('asked');
  });
});
