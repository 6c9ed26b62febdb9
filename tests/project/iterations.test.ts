import { describe, expect, it } from 'vitest';
import { codeOf } from '../../src/project/code.ts';
import { iterationsAround } from '../../src/project/iterations.ts';
import { openProject } from '../../src/project/open.ts';
import { tree } from './tree.ts';

/** Iterations around the call of `mark`, innermost first: form, what is gone through, names of the elements. */
function around(code: string, imports = ''): readonly string[] {
  const project = openProject({ root: tree({ 'package.json': { type: 'module' }, 'src/a.ts': `${imports}export async function run(rows, as, list, more, retry, emitter) {\n${code}\n}\n` }), cache: false });
  project.loaded.readAll();
  const file = project.files.get('src/a.ts');
  if (!file) throw new Error('src/a.ts was not found');
  const mark = file.facts.values.find((fact) => fact.kind === 'call' && codeOf(file, fact.callee) === 'mark');
  if (mark?.kind !== 'call') throw new Error('mark() was not found');
  return iterationsAround(project, file, mark.region).map(({ form, over, elements }) => {
    const names = elements.map((id) => file.facts.bindings[id]?.name).join(' ');
    return `${form} ${over === undefined ? '?' : codeOf(file, over)} (${names})`;
  });
}

const CASES: readonly { readonly imports?: string; readonly code: string; readonly found: readonly string[] }[] = [
  { code: 'for (const row of rows) mark();', found: ['for-of rows (row)'] },
  { code: 'for (const { id, name } of rows) mark();', found: ['for-of rows (id name)'] },
  { code: 'for (const key in rows) mark();', found: ['for-in rows (key)'] },
  { code: 'rows.map(async (row) => { if (row) await mark(); });', found: ['map rows (row)'] },
  { code: 'rows.reduce(async (sum, row) => mark(), 0);', found: ['reduce rows (row)'] },
  { code: 'for (let i = 0; i < rows.length; i++) { const row = rows[i]; mark(); }', found: ['for rows (i row)'] },
  { code: 'for (let i = rows.length - 1; i >= 0; i--) mark();', found: ['for rows (i)'] },
  { code: 'const n = rows.length; for (let i = 0; i < n; i++) mark();', found: ['for rows (i)'] },
  { code: 'for (let i = 0; i < rows.length; i += 50) mark();', found: ['for ? (i)'] },
  { code: 'while (more()) mark();', found: ['while ? ()'] },
  { code: 'for (const a of as) for (const b of a.list) mark();', found: ['for-of a.list (b)', 'for-of as (a)'] },
  { code: 'for (const a of as) { const later = () => mark(); list.push(later); }', found: [] },
  { code: 'for (const a of as) retry(() => mark());', found: ['for-of as (a)'] },
  { code: 'for (const a of as) emitter.on("x", () => mark());', found: [] },
  { code: 'for (const a of as) setTimeout(() => mark(), 10);', found: [] },
  { code: 'for (const a of as) new CronJob("* * * * *", () => mark());', found: [] },
  { code: 'for (const a of as) (() => mark())();', found: ['for-of as (a)'] },
  { code: 'for (const a of as) new Promise((resolve) => resolve(mark()));', found: ['for-of as (a)'] },
  { code: 'Promise.map(rows, (row) => mark());', found: [] },
  { imports: 'import pMap from "p-map";', code: 'await pMap(rows, (row) => mark());', found: ['p-map rows (row)'] },
  { imports: 'import { mapLimit } from "async";', code: 'await mapLimit(rows, 5, (row) => mark());', found: ['mapLimit rows (row)'] },
  { imports: 'import { mapLimit } from "./own.ts";', code: 'await mapLimit(rows, 5, (row) => mark());', found: [] },
  { code: 'Array.from(rows, (row) => mark());', found: ['Array.from rows (row)'] },
];

describe('iterations', () => {
  it.each(CASES)('$code', ({ code, found, imports }) => {
    expect(around(code, imports)).toEqual(found);
  });
});
