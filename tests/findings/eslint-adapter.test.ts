import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Rule } from '../../src/findings/define-rule.ts';
import { toEslintRule } from '../../src/findings/eslint-adapter.ts';

/** Reports every call of `bad`, and whether `other.js` has the word. */
const noBad: Rule<{ allowed: string[] }> = {
  id: 'no-bad',
  docs: { chapter: 'api', description: 'Disallow bad calls', preset: 'recommended' },
  messages: { bad: '`{{name}}` is bad.', good: 'Call `good`.', elsewhere: 'Another file says {{word}}.' },
  options: { allowed: { type: 'array', description: 'Names that are let through', items: { type: 'string' } } },
  defaultOptions: { allowed: ['badge'] },
  hasSuggestions: true,
  check({ file, project, options, report }) {
    const { allowed } = options;
    for (const match of file.text.matchAll(/\bbad\w*/g)) {
      if (allowed.includes(match[0])) continue;
      const at = { start: match.index, end: match.index + match[0].length };
      const lowConfidence = match[0] === 'badly';
      report({
        at,
        messageId: 'bad',
        data: { name: match[0] },
        suggestions: [{ messageId: 'good', data: {}, edits: [{ ...at, text: 'good' }] }],
        ...(lowConfidence ? { confidence: 'low' as const } : {}),
        ...(match[0] === 'badTrail' ? { trail: [{ ...at, path: file.path, label: 'Here' }, { start: 0, end: 1, path: file.path, label: 'there' }] } : {}),
      });
    }
    const word = /word \w+/.exec(project.files.get('other.js')?.text ?? '')?.[0];
    if (word && file.path !== 'other.js') report({ at: { start: 0, end: 1 }, messageId: 'elsewhere', data: { word } });
  },
};

function project(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'adapter-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ 'package.json': '{}', ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

interface Lint {
  readonly settings?: object;
  readonly options?: object;
  readonly config?: object;
}

function lint(cwd: string, filename: string | undefined, text: string, { settings = {}, options, config = {} }: Lint = {}): Linter.LintMessage[] {
  const plugin = { rules: { 'no-bad': toEslintRule(noBad) } };
  const rules = { 'p/no-bad': options ? ['error', options] : 'error' };
  const entry = { files: ['**/*.js', '**/*.txt'], plugins: { p: plugin }, rules, settings: { 'backend-patterns': settings }, ...config };
  return new Linter({ cwd, configType: 'flat' }).verify(text, [entry as Linter.Config], filename === undefined ? {} : { filename });
}

describe('a rule in ESLint', () => {
  it('judges the text of the buffer', () => {
    const root = project({ 'a.js': 'bad1();' });
    expect(lint(root, join(root, 'a.js'), '\n bad2();')).toMatchObject([{ ruleId: 'p/no-bad', line: 2, column: 2, endLine: 2, endColumn: 6, message: '`bad2` is bad.' }]);
    expect(lint(root, join(root, 'a.js'), 'good();')).toEqual([]);
  });

  it('judges a file that is not saved yet', () => {
    const root = project({});
    expect(lint(root, join(root, 'new.js'), 'bad1();')).toHaveLength(1);
  });

  it('takes what other buffers say into account', () => {
    const root = project({ 'a.js': 'ok();', 'other.js': '// word one' });
    expect(lint(root, join(root, 'a.js'), 'ok();')).toMatchObject([{ message: 'Another file says word one.' }]);
    lint(root, join(root, 'other.js'), '// word two');
    expect(lint(root, join(root, 'a.js'), 'ok();')).toMatchObject([{ message: 'Another file says word two.' }]);
  });

  it('places and mends behind a byte order mark', () => {
    const root = project({ 'a.js': '' });
    const [message] = lint(root, join(root, 'a.js'), '\uFEFFbad1();');
    expect(message).toMatchObject({ line: 1, column: 1, endColumn: 5, suggestions: [{ desc: 'Call `good`.', fix: { range: [0, 4], text: 'good' } }] });
  });

  it.each([
    { path: 'a.test.js', why: 'a test' },
    { path: 'jest.config.js', why: 'a configuration' },
    { path: 'a.txt', why: 'in another language' },
  ])('leaves alone what is $why', ({ path }) => {
    const root = project({ [path]: 'bad1();' });
    expect(lint(root, join(root, path), 'bad1();')).toEqual([]);
  });

  it.each([undefined, '<text>.js'])('leaves texts without a name alone: %s', (name) => {
    expect(lint(project({}), name, 'bad1();')).toEqual([]);
  });

  it('leaves virtual blocks of processors alone', () => {
    const root = project({ 'a.md': '' });
    const processor = { preprocess: (text: string) => [{ text, filename: 'block.js' }], postprocess: (messages: Linter.LintMessage[][]) => messages.flat() };
    const plugin = { rules: { 'no-bad': toEslintRule(noBad) }, processors: { all: processor } };
    const configs = [
      { files: ['**/*.md'], plugins: { p: plugin }, processor: 'p/all' },
      { files: ['**/*.js'], plugins: { p: plugin }, rules: { 'p/no-bad': 'error' } },
    ];
    const linter = new Linter({ cwd: root, configType: 'flat' });
    expect(linter.verify('bad1();', configs as never, { filename: join(root, 'a.md') })).toEqual([]);
  });

  it('shows low confidence in strict alone', () => {
    const root = project({ 'a.js': '' });
    expect(lint(root, join(root, 'a.js'), 'badly();')).toEqual([]);
    expect(lint(root, join(root, 'a.js'), 'badly();', { settings: { preset: 'strict' } })).toHaveLength(1);
  });

  it('takes options, over its defaults', () => {
    const root = project({ 'a.js': '' });
    expect(lint(root, join(root, 'a.js'), 'badge();')).toEqual([]);
    expect(lint(root, join(root, 'a.js'), 'badge(); bad1();', { options: { allowed: ['bad1'] } })).toMatchObject([{ message: '`badge` is bad.' }]);
    expect(() => lint(root, join(root, 'a.js'), '', { options: { allow: [] } })).toThrow(/allow/);
  });

  it('shows the trail in the message', () => {
    const root = project({ 'a.js': '' });
    expect(lint(root, join(root, 'a.js'), '\nbadTrail();')).toMatchObject([{ message: '`badTrail` is bad. (a.js:2 → Here → there)' }]);
  });

  it('says what is wrong with the settings', () => {
    const root = project({ 'a.js': '' });
    expect(() => lint(root, join(root, 'a.js'), '', { settings: { presett: 1 } })).toThrow(/settings\['backend-patterns'\].*presett/);
  });

  it('is documented by its own page', () => {
    expect(toEslintRule(noBad).meta?.docs?.url).toMatch(/docs\/rules\/no-bad\.md$/);
  });
});
