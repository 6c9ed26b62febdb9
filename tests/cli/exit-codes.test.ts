import { describe, expect, it } from 'vitest';
import { findClosest } from '../../src/cli/closest.ts';
import { exitCodeOf, notCheckedReasons } from '../../src/cli/exit-codes.ts';
import type { Coverage } from '../../src/project/types.ts';
import { sampleFinding, sampleRun } from '../report/sample-run.ts';

function coverage(parsed: number, lost: number, internal = 0, unresolved = 0): Coverage {
  return {
    ...sampleRun().coverage,
    found: parsed + lost,
    parsed,
    skipped: [],
    damaged: Array.from({ length: lost }, (_unused, index) => ({ path: `${index}.ts`, line: 1, message: '', kept: false })),
    imports: { internal, external: 0, unresolved: Array.from({ length: unresolved }, () => ({ path: 'a.ts', line: 1, source: './b' })) },
  };
}

describe('not checked', () => {
  it.each([
    { name: 'no file', given: coverage(0, 0), reasons: ['No JavaScript or TypeScript file was found.'] },
    { name: 'no file parsed', given: coverage(0, 2), reasons: ['None of 2 files could be parsed.'] },
    { name: '5 % lost', given: coverage(95, 5), reasons: [] },
    { name: 'more than 5 % lost', given: coverage(94, 6), reasons: ['6 of 100 files could not be parsed (more than 5 %).'] },
    { name: '30 % unresolved', given: coverage(1, 0, 7, 3), reasons: [] },
    {
      name: 'more than 30 % unresolved',
      given: coverage(1, 0, 69, 31),
      reasons: ['31 of 100 imports within the project could not be resolved (more than 30 %): is a tsconfig missing?'],
    },
  ])('$name', ({ given, reasons }) => {
    expect(notCheckedReasons(given)).toEqual(reasons);
  });
});

describe('exit codes', () => {
  const ruleErrors = [{ rule: 'r', path: 'a.ts', message: '', stack: '' }];
  it.each([
    { findings: [], ruleErrors: [], notChecked: [], code: 0 },
    { findings: [sampleFinding()], ruleErrors: [], notChecked: [], code: 1 },
    { findings: [sampleFinding()], ruleErrors: [], notChecked: ['Why.'], code: 3 },
    { findings: [sampleFinding()], ruleErrors, notChecked: ['Why.'], code: 2 },
  ])('$code', ({ findings, ruleErrors: errors, notChecked, code }) => {
    expect(exitCodeOf({ findings, ruleErrors: errors }, notChecked)).toBe(code);
  });
});

describe('closest names', () => {
  it.each([
    { name: 'chekc', closest: 'check' },
    { name: 'raport', closest: 'report' },
    { name: 'migration', closest: 'migrations' },
    { name: 'lint', closest: undefined },
    { name: '', closest: undefined },
  ])('$name → $closest', ({ name, closest }) => {
    expect(findClosest(name, ['check', 'migrations', 'report', 'doctor', 'explain'])).toBe(closest);
  });
});
