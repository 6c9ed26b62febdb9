import { Linter, type Rule } from 'eslint';
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/languages/sql.ts';

/** Reports each statement by its text, and offers to begin it in capital letters. */
const tell = {
  meta: { hasSuggestions: true, languages: ['backend-patterns/sql'] },
  create: (context: Rule.RuleContext) => ({
    Statement(node: { readonly range: [number, number] }) {
      const [start, end] = node.range;
      context.report({
        node: node as never,
        message: context.sourceCode.text.slice(start, end),
        suggest: [{ desc: 'Shout.', fix: (fixer) => fixer.replaceTextRange([start, start + 1], context.sourceCode.text.charAt(start).toUpperCase()) }],
      });
    },
  }),
};

const CONFIG = { files: ['**/*.sql'], language: 'backend-patterns/sql', plugins: { 'backend-patterns': { languages: { sql }, rules: { tell } } }, rules: { 'backend-patterns/tell': 'error' } };

function lint(text: string, config: object = {}): Linter.LintMessage[] {
  return new Linter({ configType: 'flat' }).verify(text, [{ ...CONFIG, ...config }] as never, 'a.sql');
}

function placesIn(text: string): string[] {
  return lint(text).map(({ line, column, endLine, endColumn, message }) => `${line}:${column}-${endLine}:${endColumn} ${message}`);
}

describe('the language', () => {
  it.each<{ name: string; text: string; found: string[] }>([
    { name: 'nothing', text: '', found: [] },
    { name: 'a comment alone', text: '-- one; two\n/* ; */', found: [] },
    { name: 'two statements', text: 'select 1;\n\n  select 2', found: ['1:1-1:9 select 1', '3:3-3:11 select 2'] },
    { name: 'characters of two units', text: "/* 🙂 é */ select '🙂'; select 2;", found: ["1:12-1:23 select '🙂'", '1:25-1:33 select 2'] },
    { name: 'a byte order mark', text: '\uFEFFselect 1;', found: ['1:1-1:9 select 1'] },
    { name: 'windows and old line ends', text: 'select 1;\r\nselect 2;\rselect 3;', found: ['1:1-1:9 select 1', '2:1-2:9 select 2', '3:1-3:9 select 3'] },
    { name: 'bodies between dollar signs', text: 'do $$ begin; end $$; select 2;', found: ['1:1-1:20 do $$ begin; end $$', '1:22-1:30 select 2'] },
    { name: 'what no parser reads', text: "selec (;\n'", found: ["1:1-2:2 selec (;\n'"] },
    { name: 'rows of COPY', text: "copy a from stdin;\n1\tit's; not\n\\.\nselect 2;", found: ['1:1-1:18 copy a from stdin', '4:1-4:9 select 2'] },
    { name: 'commands of psql', text: '\\set a b;\nselect 2;', found: ['2:1-2:9 select 2'] },
  ])('cuts $name into statements', ({ text, found }) => {
    expect(placesIn(text)).toEqual(found);
  });

  it.each<{ text: string; lines: number[] }>([
    { text: 'select 1; -- eslint-disable-line\nselect 2;', lines: [2] },
    { text: 'select 1; /* eslint-disable-line backend-patterns/tell -- known */\nselect 2;', lines: [2] },
    { text: '-- eslint-disable-next-line backend-patterns/tell -- known\nselect 2;\nselect 3;', lines: [3] },
    { text: '/* eslint-disable-next-line\n backend-patterns/tell */\nselect 3;', lines: [] },
    { text: '-- eslint-disable\nselect 2;\n-- eslint-enable\nselect 4;', lines: [4] },
    { text: '/* eslint-disable no-undef */\nselect 2;', lines: [2] },
    { text: '-- eslint backend-patterns/tell: "off"\nselect 2;', lines: [] },
    { text: '/* eslint backend-patterns/tell: 0 */ select 1;', lines: [] },
    { text: "select '-- eslint-disable';\nselect 2;", lines: [1, 2] },
  ])('honours comments: $text', ({ text, lines }) => {
    expect(lint(text, { linterOptions: { reportUnusedDisableDirectives: 'off' } }).map(({ line }) => line)).toEqual(lines);
  });

  it('says what is wrong with a comment', () => {
    expect(lint('-- eslint backend-patterns/tell: [\n')).toMatchObject([{ ruleId: null, line: 1, column: 1 }]);
    expect(lint('/* eslint-disable-line\n*/')).toMatchObject([{ ruleId: null, message: 'eslint-disable-line comment should not span multiple lines.' }]);
    expect(lint('-- eslint-disable-next-line backend-patterns/tell\n')).toMatchObject([{ message: expect.stringContaining('Unused eslint-disable directive') as string }]);
  });

  it('offers suggestions at their places', () => {
    expect(lint('-- é🙂\nselect 1;')).toMatchObject([{ suggestions: [{ desc: 'Shout.', fix: { range: [7, 8], text: 'S' } }] }]);
  });

  it('puts up with configurations that are meant for JavaScript', () => {
    const config = { languageOptions: { ecmaVersion: 2022, globals: { a: true } }, rules: { 'no-irregular-whitespace': 'error', 'no-undef': 'error', 'unicode-bom': 'error' } };
    expect(lint('select\u00a01;', config)).toEqual([]);
  });
});
