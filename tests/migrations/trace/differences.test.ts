import { describe, expect, test } from 'vitest';
import type { Effects, LockMode } from '../../../src/migrations/effects/effects.ts';
import { readScript } from '../../../src/migrations/read-script.ts';
import type { Statement } from '../../../src/migrations/statements.ts';
import { differencesBetween } from '../../../src/migrations/trace/differences.ts';
import type { Measurement } from '../../../src/migrations/trace/measure.ts';

const locks = (of: Readonly<Record<string, LockMode>>): Effects['locks'] => Object.entries(of).map(([relation, mode]) => ({ relation, mode }));
const said = (of: Readonly<Record<string, LockMode>>, rest: Partial<Effects> = {}): Effects => ({ locks: locks(of), rewrites: [], scans: [], ...rest });
const measured = (of: Readonly<Record<string, LockMode>>, rest: Partial<Measurement> = {}): Measurement => ({
  locks: locks(of), rewrites: [], scans: [], held: [], relations: new Set(Object.keys(of)), sawLocks: true, ...rest,
});

function statementOf(sql: string): Statement {
  const [statement] = readScript(sql).statements;
  if (!statement) throw new Error(`Not understood: ${sql}`);
  return statement;
}

describe('differences between what was said and what the server did', () => {
  test.each([
    ['equal', said({ orders: 'ShareLock' }), measured({ orders: 'ShareLock' }), []],
    ['another mode', said({ orders: 'ShareLock' }), measured({ orders: 'AccessExclusiveLock' }), [
      { what: 'lock', relation: 'orders', static: 'ShareLock', server: 'AccessExclusiveLock' },
    ]],
    ['a lock that nobody said', said({}), measured({ customers: 'ShareRowExclusiveLock' }), [{ what: 'lock', relation: 'customers', server: 'ShareRowExclusiveLock' }]],
    ['a lock that was not taken', said({ customers: 'ShareLock' }), measured({}), [{ what: 'lock', relation: 'customers', static: 'ShareLock' }]],
    ['hidden by a stronger one that was held', said({ orders: 'ShareLock' }), measured({}, { held: locks({ orders: 'AccessExclusiveLock' }) }), []],
    ['not hidden by a weaker one', said({ orders: 'ShareLock' }), measured({}, { held: locks({ orders: 'AccessShareLock' }) }), [
      { what: 'lock', relation: 'orders', static: 'ShareLock', server: 'AccessShareLock' },
    ]],
    ['rewrites and scans', said({}, { rewrites: ['a'], scans: ['p.a'] }), measured({}, { rewrites: ['b'], scans: ['b'] }), [
      { what: 'rewrite', relation: 'a', only: 'static' },
      { what: 'rewrite', relation: 'b', only: 'server' },
      { what: 'scan', relation: 'p.a', only: 'static' },
      { what: 'scan', relation: 'b', only: 'server' },
    ]],
    ['locks and scans that could not be seen', said({ orders: 'ShareUpdateExclusiveLock' }, { scans: ['orders'] }), measured({}, { sawLocks: false }), []],
    ['after an error', said({ orders: 'ShareLock' }), measured({}, { error: { sqlstate: '25001', message: 'no' } }), []],
  ] as const)('%s', (_name, fromStatic, fromServer, expected) => {
    expect(differencesBetween(statementOf('ALTER TABLE a ADD COLUMN b text'), fromStatic, fromServer)).toEqual(expected);
  });

  test('what only rows bring about is not compared', () => {
    const answer = said({ 'public.items': 'RowExclusiveLock', 'public.orders': 'RowExclusiveLock' }, { scans: ['public.items'] });
    const statement = statementOf('DELETE FROM orders');
    expect(differencesBetween(statement, answer, measured({ 'public.orders': 'RowExclusiveLock' }))).toEqual([]);
    expect(differencesBetween(statement, answer, measured({}))).toEqual([{ what: 'lock', relation: 'public.orders', static: 'RowExclusiveLock' }]);
  });

  test('the plan that looks for referenced rows is not compared', () => {
    const answer = said({}, { scans: ['public.customers', 'public.orders'] });
    const statement = statementOf('ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES customers (id)');
    expect(differencesBetween(statement, answer, measured({}, { scans: ['public.orders'] }))).toEqual([]);
    expect(differencesBetween(statement, answer, measured({}))).toEqual([{ what: 'scan', relation: 'public.orders', only: 'static' }]);
  });
});
