import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import type { CommentFact } from '../../src/facts/types.ts';
import { directivesOf, findSilencer, inlineRulesOf } from '../../src/findings/directives.ts';
import { lineStartsOf } from '../../src/findings/place.ts';

/** Reports every identifier that starts with `bad`. */
const noBad = {
  create: (context: { report(descriptor: object): void }) => ({
    Identifier(node: { name: string }) {
      if (node.name.startsWith('bad')) context.report({ node, message: node.name });
    },
  }),
};

const PLUGIN = { 'backend-patterns': { rules: { one: noBad, two: noBad } } };
const RULES = ['backend-patterns/one', 'backend-patterns/two'] as const;

interface Hidden {
  readonly rule: string;
  readonly line: number;
  readonly column: number;
}

function lint(text: string): { shown: Hidden[]; hidden: Hidden[]; comments: CommentFact[] } {
  const linter = new Linter({ configType: 'flat' });
  const config = { plugins: PLUGIN, rules: { [RULES[0]]: 'error', [RULES[1]]: 'error' } };
  const pick = (messages: readonly { ruleId: string | null; line: number; column: number }[]): Hidden[] =>
    messages
      .filter(({ ruleId }) => (RULES as readonly (string | null)[]).includes(ruleId))
      .map(({ ruleId, line, column }) => ({ rule: ruleId ?? '', line, column }));
  const shown = pick(linter.verify(text, [config as never]).filter((message) => message.message.startsWith('bad')));
  const comments = linter.getSourceCode().getAllComments().map((comment) => ({
    start: comment.range?.[0] ?? 0,
    end: comment.range?.[1] ?? 0,
    text: comment.value,
    block: comment.type === 'Block',
  }));
  return { shown, hidden: pick((linter as unknown as { getSuppressedMessages(): Linter.LintMessage[] }).getSuppressedMessages()), comments };
}

const TEXTS: Readonly<Record<string, string>> = {
  'no comment': 'bad1;\n',
  'next line, one rule': '// eslint-disable-next-line backend-patterns/one\nbad1;\nbad2;\n',
  'next line, all rules': '// eslint-disable-next-line\nbad1;\nbad2;\n',
  'next line, a list': '// eslint-disable-next-line backend-patterns/one, backend-patterns/two\nbad1;\n',
  'next line, quoted': '// eslint-disable-next-line "backend-patterns/one"\nbad1;\n',
  'next line, another rule': '// eslint-disable-next-line no-undef\nbad1;\n',
  'next line, an unknown rule': '// eslint-disable-next-line *\nbad1;\n',
  'next line without prefix': '// eslint-disable-next-line one\nbad1;\n',
  'next line over several lines': '/* eslint-disable-next-line\n  backend-patterns/one,\n  backend-patterns/two -- because\n  of this */\nbad1;\nbad2;\n',
  'same line': 'bad1; // eslint-disable-line backend-patterns/two\nbad2;\n',
  'same line, before': '/* eslint-disable-line */ bad1;\nbad2;\n',
  'same line over several lines': 'bad1; /* eslint-disable-line\n */ bad2;\n',
  'block': 'bad0;\n/* eslint-disable backend-patterns/one */\nbad1;\n/* eslint-enable backend-patterns/one */\nbad2;\n',
  'block of all, enabled by one': '/* eslint-disable */\nbad1;\n/* eslint-enable backend-patterns/two */\nbad2;\n/* eslint-enable */ bad3;\n',
  'block to the end': 'bad1; /* eslint-disable */ bad2;\nbad3;\n',
  'disable as a line comment': '// eslint-disable\nbad1;\n',
  'enable in a line comment': '/* eslint-disable */\nbad1;\n// eslint-enable\nbad2;\n',
  'justification': '// eslint-disable-next-line backend-patterns/one -- the list has 3 items\nbad1;\n',
  'justification without spaces': '// eslint-disable-next-line backend-patterns/one --nope\nbad1;\n',
  'only a justification': '// eslint-disable-next-line -- all of them\nbad1;\n',
  'upper case': '// ESLINT-DISABLE-NEXT-LINE\nbad1;\n',
  'more words': '// eslint-disable-next-line-or-two\nbad1;\n',
  'windows line ends': '// eslint-disable-next-line\r\nbad1;\r\nbad2;\r\n',
  'line separators': '// eslint-disable-next-line\u2028bad1;\nbad2;\n',
  'jsdoc style': '/** eslint-disable-next-line */\nbad1;\n',
  'shebang': '#!/usr/bin/env node\n/* eslint-disable-next-line */\nbad1;\nbad2;\n',
  'emoji before': 'const a = "🙂"; /* eslint-disable */ bad1; /* eslint-enable */ bad2;\n',
  'overlap': '/* eslint-disable backend-patterns/one */\n// eslint-disable-next-line\nbad1;\n/* eslint-enable */\nbad2;\n',
  'config comment turns one off': '/* eslint backend-patterns/one: off */\nbad1;\n',
  'config comment, two rules': '/* eslint backend-patterns/one: 0, "backend-patterns/two": ["off"] */\nbad1;\n',
  'config comment anywhere': 'bad1;\n/* eslint backend-patterns/two: "off" -- not here */\n',
  'config comment in a line comment': '// eslint backend-patterns/two: "off"\nbad1;\n',
  'config comment, not JSON': '/* eslint backend-patterns/two: {{ */\nbad1;\n',
  'config comment twice': '/* eslint backend-patterns/two: 2 */\n/* eslint backend-patterns/two: 0 */\nbad1;\n',
};

describe('disable comments', () => {
  it.each(Object.entries(TEXTS))('hide what ESLint hides: %s', (_name, text) => {
    const { shown, hidden, comments } = lint(text);
    const off = inlineRulesOf(comments);
    const starts = lineStartsOf(text);
    const directives = directivesOf(comments, starts);
    const places = [...text.matchAll(/\bbad\d/g)].flatMap(({ index }) => {
      const before = starts.filter((start) => start <= index);
      return RULES.map((rule) => ({ rule, line: before.length, column: index - (before.at(-1) ?? 0) + 1 }));
    });
    const running = places.filter(({ rule }) => !off.get(rule)?.off);
    const isHidden = (at: Hidden): boolean => findSilencer(directives, at.rule, at) !== undefined;
    const key = ({ rule, line, column }: Hidden): string => `${rule}:${line}:${column}`;
    expect(running.filter(isHidden).map(key).sort()).toEqual(hidden.map(key).sort());
    expect(running.filter((at) => !isHidden(at)).map(key).sort()).toEqual(shown.map(key).sort());
  });

  it('keep their justification', () => {
    const { comments } = lint('// eslint-disable-next-line backend-patterns/one -- three rows at most\nbad1;\n');
    expect(directivesOf(comments, [0])).toMatchObject([{ kind: 'disable-next-line', rule: 'backend-patterns/one', justification: 'three rows at most' }]);
  });

  it('can carry options in a config comment', () => {
    const { comments } = lint('/* eslint backend-patterns/one: ["error", { "max": 3 }] */\n');
    expect(inlineRulesOf(comments).get('backend-patterns/one')).toEqual({ off: false, options: { max: 3 } });
  });
});
