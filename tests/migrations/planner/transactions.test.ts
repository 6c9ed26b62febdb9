import { describe, expect, it } from 'vitest';
import { cases } from './cases.ts';
import { planOf, scopesOf } from './plan-of.ts';

describe('planTransactions', () => {
  const named = cases.map(([name, input, scopes, faults = []]) => ({ name, input, scopes, faults }));

  it.each(named)('$name', ({ input, scopes, faults }) => {
    const plan = planOf(input);
    expect(scopesOf(plan)).toBe(scopes);
    expect([...plan.faults.values()]).toEqual(faults);
  });

  it('says what it rests on', () => {
    const settings = { 'src/data-source.ts': "new DataSource({ migrationsTransactionMode: 'each' })" };
    const evidence = (files: Readonly<Record<string, string>>, depends?: readonly [string, string]): string =>
      planOf({ tool: 'typeorm', files, sql: 'SELECT 1;', ...(depends ? { depends } : {}) }).evidence;
    expect(evidence(settings, ['typeorm', '^0.3.20'])).toBe('TypeORM ^0.3.20 in package.json; `migrationsTransactionMode: each` in src/data-source.ts');
    expect(evidence({})).toBe('TypeORM, version unknown; `all` is its default');
  });

  it('names the way out for the tool at hand', () => {
    const optOut = (input: Pick<Parameters<typeof planOf>[0], 'tool' | 'depends' | 'files'>): string => planOf({ ...input, sql: 'SELECT 1;' }).optOut;
    expect(optOut({ tool: 'typeorm', depends: ['typeorm', '0.3.20'] })).toContain('`migrationsTransactionMode: \'each\'`');
    expect(optOut({ tool: 'typeorm', depends: ['typeorm', '0.2.45'] })).toContain('`-t none`');
    expect(optOut({ tool: 'kysely', depends: ['kysely', '0.27.6'] })).toBe('Kysely runs all pending migrations in one transaction: run it by hand before the deployment, or move to Kysely 0.28 for `disableTransactions`');
    expect(optOut({ tool: 'prisma' })).toBe('Before version 7.4 Prisma sends a file of several statements as one transaction: put it alone into a migration of its own');
    expect(optOut({ tool: 'prisma', depends: ['prisma', '^6.0.0'] })).toBe('Prisma sends a file of several statements as one transaction: put it alone into a migration of its own');
    expect(optOut({ tool: 'mikro-orm' })).toContain('`migrations: { allOrNothing: false }`');
  });
});
