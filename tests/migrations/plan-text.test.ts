import { expect, it } from 'vitest';
import { planOf } from '../../src/migrations/plan-text.ts';

it.each([
  { remedy: 'Check that no code needs it.', plan: '' },
  { remedy: 'Write `A B;`.', plan: '-- Write\nA B;' },
  {
    remedy: 'First `A;`, and in the next migration `B;`, during which reads and writes go on.',
    plan: '-- First\nA;\n-- In the next migration\nB;\n-- During which reads and writes go on',
  },
  { remedy: 'Send `A;` with `knex.raw()`. Put it into a migration of its own.', plan: '-- Send\nA;\n-- With `knex.raw()`. Put it into a migration of its own' },
])('$remedy', ({ remedy, plan }) => {
  expect(planOf(remedy)).toBe(plan);
});
