import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { checkText } from '../../src/findings/check-text.ts';
import { examplesOf } from './examples.ts';

const PAGES = rules.flatMap((rule) => {
  const url = new URL(`../../docs/rules/${rule.id}.md`, import.meta.url);
  return existsSync(url) ? [{ rule, examples: examplesOf(readFileSync(url, 'utf8')) }] : [];
});

describe.each(PAGES.map((page) => ({ ...page, id: page.rule.id })))('the examples of $id', ({ rule, examples }) => {
  it('shows what is reported and what is not', () => {
    expect(examples.filter(({ verdict }) => verdict === 'incorrect')).not.toEqual([]);
    expect(examples.filter(({ verdict }) => verdict === 'correct')).not.toEqual([]);
  });

  it.each(examples)('$verdict: $title', ({ verdict, files }) => {
    const { findings } = checkText(files, { rules, only: [rule.id], judges: rule.judges ?? 'source' });
    const messages = findings.map((finding) => `${finding.path}:${finding.line} ${finding.message}`);
    if (verdict === 'correct') expect(messages).toEqual([]);
    else expect(messages).not.toEqual([]);
  });
});
