import { describe, expect, it } from 'vitest';
import { json } from '../../src/report/json.ts';
import { plain } from '../../src/report/run-report.ts';
import { stylish } from '../../src/report/stylish.ts';
import { sampleFinding, sampleRun, sampleWith } from './sample-run.ts';

const step = (path: string, line: number, label: string) => ({ path, start: 0, end: 1, line, column: 1, label });
const TRAIL = [step('src/orders.service.ts', 5, 'OrderRepository.findById'), step('src/orders.repository.ts', 9, 'prisma.order.findUnique')];

describe('stylish', () => {
  it('groups by file, shows trails and ends with the coverage', () => {
    const findings = [sampleFinding({ trail: TRAIL }), sampleFinding({ line: 12, confidence: 'low', message: 'Second.' }), sampleFinding({ path: 'src/z.ts', message: 'Third.' })];
    expect(stylish(sampleWith(findings), plain)).toBe(`src/orders.service.ts
   5:11  \`orders.findById(id)\` runs once per element of \`ids\`. Use \`<T>\` & "one" query.  backend-patterns/no-query-in-loop
         orders.service.ts:5 → OrderRepository.findById → prisma.order.findUnique
  12:11  Second. (low confidence)  backend-patterns/no-query-in-loop

src/z.ts
  5:11  Third.  backend-patterns/no-query-in-loop

✖ 3 findings in 2 files.
Files: 5 found, 3 parsed (2 source, 1 test), 1 judged.
Imports: 6 resolved within the project, 1 unresolved; 4 of packages.
Not parsed: 1 file with syntax errors.
Skipped: 1 too large.
`);
  });

  it.each([
    { run: sampleRun(), verdict: '✔ No findings.' },
    { run: sampleRun({ notChecked: ['Why.'] }), verdict: '✖ Not checked.' },
    { run: sampleWith([sampleFinding()], { notChecked: ['Why.'] }), verdict: '✖ 1 finding in 1 file.' },
  ])('is green only when all was checked: $verdict', ({ run, verdict }) => {
    expect(stylish(run, plain)).toContain(`${verdict}\n`);
  });

  it('says what was silenced, what failed and why nothing was checked', () => {
    const run = sampleRun({ notChecked: ['2 of 5 files could not be parsed.'] });
    const finding = sampleFinding();
    const result = {
      ...run.result,
      silenced: [
        { finding, by: 'directive' as const, reason: '' },
        { finding, by: 'suppression' as const, reason: '' },
        { finding, by: 'confidence' as const, reason: '' },
      ],
      ruleErrors: ['a.ts', 'b.ts', 'c.ts'].map((path) => ({ rule: 'r', path, message: 'Oh.', stack: '' })),
    };
    const text = stylish({ ...run, result }, plain);
    expect(text).toContain('Rule "r" failed on a.ts and 2 more: Oh.');
    expect(text).toContain('✖ 1 rule failed (1 hidden by comments, 1 by eslint-suppressions.json, 1 of low confidence (see --preset strict))');
    expect(text).toContain('Not checked: 2 of 5 files could not be parsed.');
  });
});

describe('json', () => {
  it('has the documented fields', () => {
    const parsed = JSON.parse(json(sampleWith([sampleFinding({ trail: TRAIL })], { exitCode: 1 }))) as Record<string, unknown>;
    expect(Object.keys(parsed)).toEqual(['version', 'tool', 'command', 'presets', 'rules', 'findings', 'silenced', 'ruleErrors', 'coverage', 'notes', 'notChecked', 'exitCode']);
    expect(parsed).toMatchObject({
      version: 2,
      exitCode: 1,
      coverage: { found: 5, parsed: 3, judged: 1 },
      findings: [
        {
          rule: 'no-query-in-loop',
          file: 'src/orders.service.ts',
          line: 5,
          column: 11,
          endLine: 5,
          endColumn: 30,
          confidence: 'high',
          fingerprint: '0123456789abcdef',
          trail: [
            { file: 'src/orders.service.ts', line: 5, column: 1, label: 'OrderRepository.findById' },
            { file: 'src/orders.repository.ts', line: 9, column: 1, label: 'prisma.order.findUnique' },
          ],
        },
      ],
    });
  });

  it('names no folder of the machine', () => {
    expect(json(sampleWith([sampleFinding()]))).not.toContain('/somewhere');
  });
});
