import { describe, expect, it } from 'vitest';
import { analyzeTexts, fileOf } from '../analyze-texts.ts';

const FIRST = "exports.up = async (knex) => { await knex.schema.createTable('visits', (t) => { t.increments('id'); t.integer('link_id'); }); };";

const cases: readonly { readonly name: string; readonly up: string; readonly kinds: readonly string[] }[] = [
  { name: 'a column that is not there yet', up: "if (!(await knex.schema.hasColumn('visits', 'user_id'))) await knex.schema.alterTable('visits', (t) => { t.renameColumn('link_id', 'user_id'); });", kinds: ['renameColumn'] },
  { name: 'a column that is there already', up: "if (!(await knex.schema.hasColumn('visits', 'link_id'))) await knex.schema.alterTable('visits', (t) => { t.renameColumn('id', 'link_id'); });", kinds: [] },
  { name: 'a table that is there', up: "if (await knex.schema.hasTable('visits')) await knex.schema.alterTable('visits', (t) => { t.renameColumn('link_id', 'user_id'); });", kinds: ['renameColumn'] },
  { name: 'a table that nobody is seen to make', up: "if (await knex.schema.hasColumn('others', 'a')) await knex.schema.alterTable('others', (t) => { t.renameColumn('a', 'b'); });", kinds: ['renameColumn'] },
];

describe('statements that a program sends only if something is there', () => {
  it.each(cases)('$name', ({ up, kinds }) => {
    const analysis = analyzeTexts({
      'package.json': '{ "dependencies": { "knex": "^3.0.0", "pg": "^8.0.0" } }',
      'migrations/20240101000000_first.js': FIRST,
      'migrations/20240102000000_second.js': `exports.up = async (knex) => { ${up} };`,
    });
    expect(fileOf(analysis, 'migrations/20240102000000_second.js').hazards.map(({ kind }) => kind)).toEqual(kinds);
  });
});
