import { describe, expect, it } from 'vitest';
import { findDoubt } from '../../src/project/doubts.ts';
import { openProject } from '../../src/project/open.ts';
import { perElementQueries } from '../../src/project/per-element.ts';
import { tree } from './tree.ts';

const HEAD = `import { PrismaClient, Kind } from '@prisma/client';\nconst prisma = new PrismaClient();\nconst find = (id: string) => prisma.user.findFirst({ where: { id } });\n`;

/** For each query in a loop: why it is right, or why it is doubtful, or that it is neither. */
function judged(body: string, before = ''): readonly string[] {
  const code = `${HEAD}${before}\nexport async function run(ids: string[], rows: { id: string; kind: string }[], wanted: string) {\n${body}\n}\n`;
  const project = openProject({ root: tree({ 'package.json': { type: 'module' }, 'src/a.ts': code }), cache: false });
  project.loaded.readAll();
  const file = project.files.get('src/a.ts');
  if (!file) throw new Error('src/a.ts was not found');
  return perElementQueries(project, file).map((entry) => entry.exemption?.id ?? findDoubt(project, entry)?.id ?? 'reported');
}

const CASES: readonly { readonly name: string; readonly body: string; readonly before?: string; readonly found: readonly string[] }[] = [
  { name: 'a static field', before: `class Kinds { static readonly all = ['a', 'b']; }`, body: 'for (const id of Kinds.all) await find(id);', found: ['constant'] },
  { name: 'a static field that is filled', before: `class Kinds { static readonly all = ['a']; }\nKinds.all.push('b');`, body: 'for (const id of Kinds.all) await find(id);', found: ['reported'] },
  { name: 'a list that callers gave', before: `async function each(list: string[]) { for (const id of list) await find(id); }\nvoid each(['a', 'b']);`, body: '', found: ['reported'] },
  { name: 'more than the limit', body: `for (const id of [${Array.from({ length: 21 }, (_, i) => `'k${i}'`).join()}]) await find(id);`, found: ['reported'] },
  { name: 'an enum of the client', body: 'for (const id of Object.values(Kind).filter(Boolean)) await find(id);', found: ['constant'] },
  { name: 'a list and a spread of unknown length', body: `for (const id of ['a', ...ids]) await find(id);`, found: ['reported'] },
  { name: 'a drained queue', body: 'while (ids.length > 0) { const id = ids.shift()!; await prisma.user.findFirst({ where: { id } }); }', found: ['reported'] },
  { name: 'a walk that queues what it finds', body: 'while (ids.length > 0) { const found = await prisma.user.findMany({ where: { parent: ids.shift()! } }); ids.push(...found.map((row) => row.id)); }', found: ['cursor'] },
  { name: 'a batch in a loop over batches of batches', body: 'for (const row of rows) { void row; for (let i = 0; i < ids.length; i += 50) await prisma.user.findMany({ where: { id: { in: ids.slice(i, i + 50) } } }); }', found: ['chunk'] },
  { name: 'a constant in a loop over rows', body: `for (const row of rows) for (const kind of ['a', 'b']) await prisma.user.findFirst({ where: { id: row.id, kind } });`, found: ['reported'] },
  { name: 'a memo in a function', before: `const known = new Map<string, unknown>();\nasync function kept(id: string) { if (known.has(id)) return known.get(id); const row = await prisma.user.findFirst({ where: { id } }); known.set(id, row); return row; }`, body: 'for (const id of ids) await kept(id);', found: ['memoised'] },
  { name: 'one of all elements', body: 'for (const row of rows) if (row.id === wanted && row.kind) await find(row.id);', found: ['picked'] },
  { name: 'elements of one kind', body: `for (const row of rows) if (row.kind === 'a') await find(row.id);`, found: ['reported'] },
  { name: 'a dependent write', body: 'const made = new Map<string, string>(); for (const row of rows) { const user = await prisma.user.create({ data: { parent: made.get(row.kind) } }); made.set(row.id, user.id); }', found: ['dependent'] },
  { name: 'a lookup that collects first', before: 'async function names(id: string) { const found: string[] = []; const row = await prisma.user.findFirst({ where: { id } }); if (row) found.push(row.name); return found; }', body: 'for (const id of ids) await names(id);', found: ['reported'] },
  { name: 'a lookup in a transaction', before: 'const inside = (id: string) => prisma.$transaction(async (tx) => { const row = await tx.user.findFirst({ where: { id } }); return row; });', body: 'for (const id of ids) await inside(id);', found: ['reported'] },
  { name: 'an answer made from what is read', before: `async function call(id: string) { const row = await find(id); return fetch('https://x.example', { body: row.name }).then((response) => response.status); }`, body: 'for (const id of ids) await call(id);', found: ['reported'] },
  { name: 'work whose outcome is another', before: `async function call(id: string) { const row = await find(id); await fetch(row.url); return 'done'; }`, body: 'for (const id of ids) await call(id);', found: ['noAnswer'] },
  { name: 'reading and writing', before: 'async function touch(id: string) { const row = await find(id); await prisma.user.update({ where: { id }, data: { seen: true } }); return row; }', body: 'for (const id of ids) await touch(id);', found: ['work'] },
];

describe('queries per element', () => {
  it.each(CASES)('$name', ({ body, before, found }) => {
    expect(judged(body, before)).toEqual(found);
  });
});
