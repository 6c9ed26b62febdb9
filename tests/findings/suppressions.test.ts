import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, describe, expect, it } from 'vitest';
import { readSuppressions, suppressedRules } from '../../src/findings/suppressions.ts';

const folders: string[] = [];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'suppressions-'));
  folders.push(path);
  return path;
}

afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

const noBad = {
  create: (context: { report(descriptor: object): void }) => ({
    Identifier(node: { name: string }) {
      if (node.name === 'bad') context.report({ node, message: 'bad' });
    },
  }),
};

async function shownByEslint(cwd: string, text: string): Promise<number> {
  const config = { plugins: { 'backend-patterns': { rules: { one: noBad } } }, rules: { 'backend-patterns/one': 'error' } };
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [config as never], applySuppressions: true } as ESLint.Options);
  const results = await eslint.lintText(text, { filePath: join(cwd, 'src/a.js') });
  return results[0]?.messages.length ?? -1;
}

describe('bulk suppressions', () => {
  it.each([
    { found: 1, allowed: 1, shown: 0 },
    { found: 1, allowed: 2, shown: 0 },
    { found: 2, allowed: 1, shown: 2 },
    { found: 3, allowed: undefined, shown: 3 },
  ])('show $shown of $found findings when $allowed are put up with, as ESLint does', async ({ found, allowed, shown }) => {
    const cwd = folder();
    const entry = allowed === undefined ? {} : { 'backend-patterns/one': { count: allowed } };
    writeFileSync(join(cwd, 'eslint-suppressions.json'), JSON.stringify({ 'src/a.js': entry }));
    const hidden = suppressedRules(readSuppressions(cwd, []), 'src/a.js', new Map([['backend-patterns/one', found]]));
    expect(hidden.has('backend-patterns/one') ? 0 : found).toBe(shown);
    expect(await shownByEslint(cwd, 'bad;\n'.repeat(found))).toBe(shown);
  });

  it('are read from packages too, with names relative to the package', () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'apps/api'), { recursive: true });
    writeFileSync(join(cwd, 'apps/api/eslint-suppressions.json'), '{ "src/b.ts": { "backend-patterns/one": { "count": 4 } } }');
    expect(readSuppressions(cwd, ['', 'apps/api'])).toEqual({ 'apps/api/src/b.ts': { 'backend-patterns/one': { count: 4 } } });
  });

  it.each(['[]', '{', '3'])('say which file is damaged: %s', (text) => {
    const cwd = folder();
    writeFileSync(join(cwd, 'eslint-suppressions.json'), text);
    expect(() => readSuppressions(cwd, [])).toThrow(/eslint-suppressions\.json is not a JSON object/);
  });
});
