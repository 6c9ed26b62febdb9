import { describe, expect, it } from 'vitest';
import { examplesOf } from './examples.ts';

const FENCE = '```';

describe('examplesOf', () => {
  it('makes one project of the blocks of one verdict under one heading', () => {
    const page = [
      '# Rule', '', '## Examples', '', '### Two files', '', '<!-- incorrect -->', '', `${FENCE}ts filename="src/a.ts"`, 'a();', FENCE, '', 'and', '', `${FENCE}ts filename="src/b.ts"`, 'b();', FENCE,
      '<!-- correct -->', `${FENCE}sql`, 'SELECT 1;', FENCE, '### Prose', `${FENCE}js`, 'not run', FENCE,
    ].join('\n');
    expect(examplesOf(page)).toEqual([
      { title: 'Two files', verdict: 'incorrect', files: { 'src/a.ts': 'a();\n', 'src/b.ts': 'b();\n' } },
      { title: 'Two files', verdict: 'correct', files: { 'src/example.sql': 'SELECT 1;\n' } },
    ]);
  });

  it('refuses a file that stands twice in one example', () => {
    const block = ['<!-- correct -->', `${FENCE}ts filename="a.ts"`, 'x', FENCE];
    expect(() => examplesOf(['### One', ...block, ...block].join('\n'))).toThrow('a.ts stands twice');
  });

  it('refuses a marker without a block', () => {
    expect(() => examplesOf('<!-- correct -->\n\nnothing')).toThrow('not followed');
  });
});
