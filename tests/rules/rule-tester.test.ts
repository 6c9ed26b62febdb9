import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuleTester, type InvalidTestCase, type ValidTestCase } from '@typescript-eslint/rule-tester';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { checkProject } from '../../src/findings/check.ts';
import type { Rule } from '../../src/findings/define-rule.ts';
import { toEslintRule } from '../../src/findings/eslint-adapter.ts';
import type { Finding } from '../../src/findings/types.ts';
import { openProject } from '../../src/project/open.ts';
import { tree } from '../project/tree.ts';
import { examplesOf, type Example } from './examples.ts';

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;

type EslintTests = Parameters<RuleTester['run']>[2];
type Expected = InvalidTestCase<string, []>['errors'][number];

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const tester = new RuleTester();

/**
 * The sources of an example as test cases. RuleTester tries suggestions out, and our rule remembers the texts that ESLint shows it:
 * so each case has a copy of the project of its own.
 */
function casesOf(rule: Rule, example: Example): { valid: ValidTestCase<[]>[]; invalid: InvalidTestCase<string, []>[]; elsewhere: boolean } {
  const files = { 'package.json': '{ "private": true, "type": "module" }', ...example.files };
  const { findings } = checkProject(openProject({ root: tree(files), cache: false }), { rules, only: [rule.id] });
  const valid: ValidTestCase<[]>[] = [];
  const invalid: InvalidTestCase<string, []>[] = [];
  for (const [path, code] of Object.entries(example.files)) {
    if (!SOURCE.test(path)) continue;
    const errors = findings.filter((finding) => finding.path === path).map((finding) => expectedOf(finding, code));
    const name = `${example.verdict}: ${example.title}, ${path}`;
    const filename = join(tree(files), path);
    if (errors.length === 0) valid.push({ name, code, filename });
    else invalid.push({ name, code, filename, errors });
  }
  return { valid, invalid, elsewhere: findings.some(({ path }) => !SOURCE.test(path)) };
}

function expectedOf({ messageId, line, column, endLine, endColumn, suggestions }: Finding, code: string): Expected {
  const expected = suggestions.map(({ message, edits }) => ({ desc: message, output: applied(code, edits) }));
  // Its types know suggestions by id alone; the tester itself takes their texts too.
  return { messageId, line, column, endLine, endColumn, suggestions: expected.length > 0 ? expected : null } as unknown as Expected;
}

function applied(code: string, edits: Finding['suggestions'][number]['edits']): string {
  return [...edits].sort((a, b) => b.start - a.start).reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);
}

describe.each(rules.filter((rule) => rule.judges !== 'migrations').map((rule) => ({ id: rule.id, rule })))('$id in ESLint', ({ id, rule }) => {
  const page = new URL(`../../docs/rules/${id}.md`, import.meta.url);
  const examples = existsSync(page) ? examplesOf(readFileSync(page, 'utf8')) : [];
  const cases = examples.map((example) => ({ verdict: example.verdict, ...casesOf(rule, example) }));
  const tests = { valid: cases.flatMap(({ valid }) => valid), invalid: cases.flatMap(({ invalid }) => invalid) };

  it('reports incorrect examples alone', () => {
    expect(cases.filter(({ verdict }) => verdict === 'incorrect')).not.toEqual([]);
    // What stands in a schema is not linted as a source file.
    for (const { verdict, invalid, elsewhere } of cases) expect(invalid.length > 0 || elsewhere).toBe(verdict === 'incorrect');
  });
  tester.run(id, toEslintRule(rule) as unknown as Parameters<RuleTester['run']>[1], tests as EslintTests);
});
