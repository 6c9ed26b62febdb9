import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rules } from '../../rules/index.ts';
import { checkProject, type CheckResult } from '../../src/findings/check.ts';
import { RULE_PREFIX } from '../../src/findings/directives.ts';
import { toEslintRule } from '../../src/findings/eslint-adapter.ts';
import { placesSuffix } from '../../src/findings/messages.ts';
import { selectRules, type Preset } from '../../src/findings/rule-selection.ts';
import type { Finding } from '../../src/findings/types.ts';
import { openProject } from '../../src/project/open.ts';

const SHOP = fileURLToPath(new URL('../../docs/examples/shop/flawed', import.meta.url));

interface Line {
  readonly text: string;
  readonly hidden: boolean;
}

/** A copy of the flawed shop, each source changed: by its path relative to the root and its text. */
function shopWith(change: (text: string, path: string) => string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'equality-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(SHOP, root, { recursive: true });
  for (const path of sourcesIn(root)) writeFileSync(path, change(readFileSync(path, 'utf8'), relative(root, path).split(sep).join('/')));
  return root;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourcesIn(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

async function linted(root: string, preset: Preset): Promise<Line[]> {
  const selected = selectRules(rules, {}, { presets: [preset], judges: 'source' });
  const plugin = { rules: Object.fromEntries(selected.map(({ rule }) => [rule.id, toEslintRule(rule)])) };
  const config = {
    files: ['**/*.ts'],
    languageOptions: { parser },
    linterOptions: { reportUnusedDisableDirectives: 'off' as const },
    plugins: { 'backend-patterns': plugin },
    settings: { 'backend-patterns': { preset } },
    rules: Object.fromEntries(selected.map(({ rule }) => [RULE_PREFIX + rule.id, 'error' as const])),
  };
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: [config as Linter.Config], applySuppressions: true } as ESLint.Options);
  const results = await eslint.lintFiles(['**/*.ts']);
  const lines = results.flatMap(({ filePath, messages, suppressedMessages }) => {
    const path = relative(root, filePath).split(sep).join('/');
    const word = (message: Linter.LintMessage, hidden: boolean): Line => ({
      text: `${path}:${message.line}:${message.column}-${message.endLine}:${message.endColumn} ${message.ruleId} ${message.message}`,
      hidden,
    });
    return [...messages.map((message) => word(message, false)), ...suppressedMessages.map((message) => word(message, true))];
  });
  return lines.sort(byText);
}

/** Schemas of Prisma are judged by `check` alone. */
function checked(root: string, preset: Preset): { lines: Line[]; result: CheckResult } {
  const result = checkProject(openProject({ root, cache: false, settings: { preset } }), { rules, includes: (path) => path.endsWith('.ts') });
  const word = (finding: Finding, hidden: boolean): Line => ({
    text: `${finding.path}:${finding.line}:${finding.column}-${finding.endLine}:${finding.endColumn} ${RULE_PREFIX}${finding.rule} ${finding.message}${placesSuffix(finding.trail, finding.related)}`,
    hidden,
  });
  const silenced = result.silenced.filter(({ by }) => by !== 'confidence').map(({ finding }) => word(finding, true));
  return { lines: [...result.findings.map((finding) => word(finding, false)), ...silenced].sort(byText), result };
}

function byText(a: Line, b: Line): number {
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}

/** Writes a comment above each line that has a finding. */
function commented(comment: string, findings: readonly Finding[]): (text: string, path: string) => string {
  return (text, path) => {
    const lines = text.split('\n');
    const numbers = [...new Set(findings.filter((finding) => finding.path === path).map((finding) => finding.line))];
    for (const number of numbers.sort((a, b) => b - a)) lines.splice(number - 1, 0, comment);
    return lines.join('\n');
  };
}

const same = (text: string): string => text;
const original = checked(SHOP, 'strict').result.findings;

describe('check and ESLint', () => {
  it.each<{ name: string; preset: Preset; change: (text: string, path: string) => string }>([
    { name: 'as it is', preset: 'recommended', change: same },
    { name: 'as it is, strict', preset: 'strict', change: same },
    { name: 'with a byte order mark', preset: 'strict', change: (text) => `\uFEFF${text}` },
    { name: 'with windows line ends', preset: 'strict', change: (text) => text.replaceAll('\n', '\r\n') },
    { name: 'after characters of two units', preset: 'strict', change: (text) => `/* 🙂🙂 é */ ${text}` },
    { name: 'with all rules disabled in the file', preset: 'strict', change: (text) => `/* eslint-disable */\n${text}` },
    { name: 'with every other file disabled', preset: 'strict', change: (text, path) => (path.length % 2 === 0 ? `/* eslint-disable */\n${text}` : text) },
    { name: 'with every finding disabled', preset: 'strict', change: commented('// eslint-disable-next-line -- known', original) },
    { name: 'with one rule disabled', preset: 'strict', change: (text) => `/* eslint-disable ${RULE_PREFIX}${original[0]?.rule} */\n${text}` },
  ])('find the same in the flawed shop $name', async ({ preset, change }) => {
    const root = shopWith(change);
    const { lines, result } = checked(root, preset);
    expect(result.ruleErrors).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines).toEqual(await linted(root, preset));
  });

  it('put up with the same findings', async () => {
    const root = shopWith(same);
    const [first] = original;
    if (!first) throw new Error('The flawed shop has no findings.');
    const amount = original.filter((finding) => finding.path === first.path && finding.rule === first.rule).length;
    writeFileSync(join(root, 'eslint-suppressions.json'), JSON.stringify({ [first.path]: { [RULE_PREFIX + first.rule]: { count: amount } } }));
    const { lines } = checked(root, 'strict');
    expect(lines.filter((line) => line.hidden)).toHaveLength(amount);
    expect(lines).toEqual(await linted(root, 'strict'));
  });

  it('see what a rule is told in a comment', async () => {
    const root = shopWith((text) => `/* eslint ${RULE_PREFIX}${original[0]?.rule}: "off" */\n${text}`);
    const { lines } = checked(root, 'strict');
    expect(lines.some((line) => line.text.includes(`${original[0]?.rule} `))).toBe(false);
    expect(lines).toEqual(await linted(root, 'strict'));
  });
});
