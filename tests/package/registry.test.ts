import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { examplesOf } from '../rules/examples.ts';

const ROOT = new URL('../../', import.meta.url);
const CHAPTERS = ['api', 'layers', 'database', 'migrations', 'caching', 'errors', 'auth', 'jobs'];
const registered = rules.map((rule) => rule.id).sort();

function namesIn(folder: string, ending: string): string[] {
  const url = new URL(folder, ROOT);
  if (!existsSync(url)) return [];
  return readdirSync(url)
    .filter((name) => name.endsWith(ending))
    .map((name) => basename(name, ending));
}

/** A rule has the shape `export default defineRule(`; what several rules of a chapter share stands beside them. */
function ruleFiles(chapter: string): string[] {
  return namesIn(`rules/${chapter}/`, '.ts').filter((name) => readFileSync(new URL(`rules/${chapter}/${name}.ts`, ROOT), 'utf8').includes('export default '));
}

function testOf(chapter: string, id: string): URL {
  return new URL(`tests/rules/${chapter}/${id}.test.ts`, ROOT);
}

function wordsHazardsWithExamples(id: string): boolean {
  const url = new URL(`rules/migrations/${id}.ts`, ROOT);
  if (!existsSync(url) || !readFileSync(url, 'utf8').includes('reportHazards(')) return false;
  const verdicts = examplesOf(readFileSync(new URL(`docs/rules/${id}.md`, ROOT), 'utf8')).map(({ verdict }) => verdict);
  return verdicts.includes('incorrect') && verdicts.includes('correct');
}

/** What the tests of a chapter say: one file may import and test several rules. */
function textOf(folder: string): string {
  return namesIn(folder, '.test.ts').map((name) => readFileSync(new URL(`${folder}${name}.test.ts`, ROOT), 'utf8')).join('\n');
}

describe('the registry of rules', () => {
  it('holds each file of the chapters once', () => {
    expect(registered).toEqual([...new Set(registered)]);
    expect(registered).toEqual(CHAPTERS.flatMap(ruleFiles).sort());
  });

  it('is what the documentation has pages for', () => {
    expect(namesIn('docs/rules/', '.md').sort()).toEqual(registered);
  });

  // The examples of a page run as tests (tests/rules). That is enough for a rule that only words hazards: their finders have tests of their own (tests/migrations).
  it('is what there are tests for', () => {
    const texts = new Map(CHAPTERS.map((chapter) => [chapter, textOf(`tests/rules/${chapter}/`)]));
    const untested = rules.filter(({ id, docs }) => !existsSync(testOf(docs.chapter, id)) && !texts.get(docs.chapter)?.includes(`/${id}.ts'`) && !wordsHazardsWithExamples(id));
    expect(untested.map(({ id }) => id)).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s stands in the folder of its chapter and words its meta as the others do', (id, rule) => {
    expect(existsSync(new URL(`rules/${rule.docs.chapter}/${id}.ts`, ROOT))).toBe(true);
    expect(rule.docs.description).toMatch(/^(?:Disallow|Enforce|Require) .*[^.]$/);
    expect(Object.keys(rule.options ?? {}).sort()).toEqual(Object.keys(rule.defaultOptions ?? {}).sort());
    for (const message of Object.values(rule.messages)) expect(message).toMatch(/(?:\.|\{\{(?:remedy|next|check)\}\})$/);
    for (const option of Object.values(rule.options ?? {})) expect(option.description).toMatch(/\.$/);
  });
});
