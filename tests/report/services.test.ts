import { parseTree } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/types.ts';
import { github } from '../../src/report/github.ts';
import { gitlab } from '../../src/report/gitlab.ts';
import { markdown } from '../../src/report/markdown.ts';
import { plain, type MigrationRow, type RunReport } from '../../src/report/run-report.ts';
import { sarif } from '../../src/report/sarif.ts';
import { stylish } from '../../src/report/stylish.ts';
import { findFaults } from '../../src/settings/validate.ts';
import { SARIF_LOG } from './sarif-schema.ts';
import { sampleFinding, sampleRun, sampleWith } from './sample-run.ts';

const step = (path: string, line: number, label: string) => ({ path, start: 0, end: 1, line, column: 1, label });
const PLAN = 'ALTER TABLE a ADD COLUMN b text;\nUPDATE a SET b = c;';
const RENAME: Finding = sampleFinding({
  rule: 'migration-no-rename',
  path: 'db/migrations/002 größe.sql',
  message: 'Column `c` of `a` is renamed, 100 % sure.',
  plan: PLAN,
  line: 3,
  endLine: 4,
  related: [{ path: 'src/a.ts', line: 7, column: 2, label: 'a.c' }],
  suggestions: [{ message: 'Write it again.', edits: [{ start: 5, end: 9, text: 'x' }] }],
});
const LOOP = sampleFinding({ confidence: 'low', trail: [step('src/a.ts', 5, 'findById'), step('src/b.ts', 9, 'prisma.order.findUnique')] });

const MIGRATION: MigrationRow = {
  path: RENAME.path,
  tool: 'sql',
  dialect: 'postgres',
  judged: true,
  analysed: true,
  transaction: { unit: 'statement', evidence: 'by hand' },
  statements: [],
  findings: 1,
  notAnalysed: [{ line: 9, column: 1, endLine: 9, endColumn: 4, reason: 'not understood: syntax error' }, { reason: 'not valid UTF-8' }],
};

function sample(change: Partial<RunReport> = {}): RunReport {
  const run = sampleWith([RENAME, LOOP], { exitCode: 1, migrations: { files: [MIGRATION] }, presets: ['strict', 'migrations'], ...change });
  const silenced = [
    { finding: sampleFinding({ path: 'src/c.ts' }), by: 'directive' as const, reason: 'eslint-disable in line 1: known' },
    { finding: sampleFinding({ path: 'src/d.ts' }), by: 'suppression' as const, reason: 'eslint-suppressions.json' },
    { finding: sampleFinding({ path: 'src/e.ts' }), by: 'confidence' as const, reason: 'low confidence' },
  ];
  return { ...run, result: { ...run.result, silenced } };
}

const HELP = [
  { id: 'no-query-in-loop', description: 'Disallow a query per element', page: '# no-query-in-loop', url: 'https://example.com/no-query-in-loop.md' },
  { id: 'migration-no-rename', description: 'Disallow renaming', url: 'https://example.com/migration-no-rename.md' },
  { id: 'unused', description: 'Disallow nothing', url: 'https://example.com/unused.md' },
];

interface SarifRun {
  readonly tool: object;
  readonly columnKind: string;
  readonly results: readonly Record<string, unknown>[];
  readonly invocations: readonly object[];
}

function parsed(run: RunReport): SarifRun {
  const [only] = (JSON.parse(sarif(run, HELP)) as { readonly runs: readonly SarifRun[] }).runs;
  if (!only) throw new Error('The log has no run.');
  return only;
}

describe('sarif', () => {
  it.each([
    { name: 'findings', run: sample() },
    { name: 'nothing', run: sampleRun() },
    { name: 'what was not checked', run: sample({ notChecked: ['No migration was found.'], exitCode: 3 }) },
  ])('is what the standard demands, with $name', ({ run }) => {
    const tree = parseTree(sarif(run, HELP));
    expect(tree && findFaults(tree, SARIF_LOG)).toEqual([]);
  });

  it('has the rules that ran or found something, with their pages', () => {
    expect(parsed(sample()).tool).toMatchObject({
      driver: {
        rules: [
          { id: 'backend-patterns/no-query-in-loop', help: { markdown: '# no-query-in-loop' }, helpUri: HELP[0]?.url },
          { id: 'backend-patterns/migration-no-rename', help: { text: expect.stringContaining('https://example.com') as string } },
        ],
      },
    });
  });

  it('places results, and tells the suppressed from the others', () => {
    const { results, columnKind } = parsed(sample());
    expect(columnKind).toBe('utf16CodeUnits');
    expect(results.map(({ suppressions }) => suppressions)).toEqual([
      undefined,
      undefined,
      [{ kind: 'inSource', justification: 'eslint-disable in line 1: known' }],
      [{ kind: 'external', justification: 'eslint-suppressions.json' }],
    ]);
    expect(results[0]).toMatchObject({
      ruleId: 'backend-patterns/migration-no-rename',
      ruleIndex: 1,
      level: 'error',
      message: { text: `${RENAME.message}\n\n${PLAN}` },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'db/migrations/002%20gr%C3%B6%C3%9Fe.sql' }, region: { startLine: 3, startColumn: 11, endLine: 4, endColumn: 30 } } }],
      relatedLocations: [{ message: { text: 'a.c' }, physicalLocation: { region: { startLine: 7 } } }],
      fixes: [{ artifactChanges: [{ replacements: [{ deletedRegion: { charOffset: 5, charLength: 4 }, insertedContent: { text: 'x' } }] }] }],
    });
    expect(results[1]).toMatchObject({ level: 'warning', relatedLocations: [{ id: 0 }, { id: 1 }] });
  });

  it('gives the same statement in two files two fingerprints', () => {
    const { results } = parsed(sampleWith([RENAME, { ...RENAME, path: 'other.sql' }]));
    expect(new Set(results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size).toBe(2);
  });

  it('notifies of what was not analysed, and of what failed', () => {
    const run = sample({ notChecked: ['Too much.'], exitCode: 3 });
    const failed = { ...run, result: { ...run.result, ruleErrors: [{ rule: 'r', path: 'a.ts', message: 'Oh.', stack: '' }] } };
    expect(parsed(failed).invocations).toMatchObject([
      {
        executionSuccessful: false,
        exitCode: 3,
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'Too much.' } },
          { level: 'error', message: { text: 'Rule "r" failed: Oh.' } },
          { level: 'warning', message: { text: 'Syntax error: Unexpected token' } },
          { level: 'note', message: { text: 'Not read: too large.' } },
          { level: 'warning', message: { text: 'Not analysed: not understood: syntax error' }, locations: [{ physicalLocation: { region: { startLine: 9 } } }] },
          { level: 'warning', message: { text: 'Not analysed: not valid UTF-8' } },
        ],
      },
    ]);
  });
});

describe('github', () => {
  it('writes workflow commands, escaped, with columns within one line', () => {
    expect(github(sample(), 'services/shop/').split('\n')).toEqual([
      '::error file=services/shop/db/migrations/002 größe.sql,line=3,endLine=4,title=backend-patterns/migration-no-rename::Column `c` of `a` is renamed, 100 %25 sure. (src/a.ts:7)',
      '::warning file=services/shop/src/orders.service.ts,line=5,endLine=5,col=11,endColumn=30,title=backend-patterns/no-query-in-loop::`orders.findById(id)` runs once per element of `ids`. Use `<T>` & "one" query. (a.ts:5 → findById → prisma.order.findUnique)',
      '::warning file=services/shop/db/migrations/002 größe.sql,line=9,title=Not analysed::not understood: syntax error',
      '::warning file=services/shop/db/migrations/002 größe.sql,title=Not analysed::not valid UTF-8',
      '2 findings in 2 files.',
      '',
    ]);
  });

  it('escapes what would end a property or the command', () => {
    expect(github(sampleWith([sampleFinding({ path: 'a,b:c%.ts', message: 'One\r\ntwo.' })]))).toContain('file=a%2Cb%3Ac%25.ts,line=5,endLine=5,col=11,endColumn=30,title=backend-patterns/no-query-in-loop::One%0D%0Atwo.');
  });

  it('puts into the log what GitHub does not annotate', () => {
    const lines = github(sampleWith(Array.from({ length: 12 }, (_unused, index) => sampleFinding({ line: index + 1 })))).split('\n');
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines.slice(10, 14)).toEqual([
      '::group::2 more, which GitHub does not annotate (10 of a kind for a step)',
      expect.stringMatching(/^src\/orders\.service\.ts:11:11 /),
      expect.stringMatching(/^src\/orders\.service\.ts:12:11 /),
      '::endgroup::',
    ]);
  });

  it('says what was not checked', () => {
    expect(github(sampleRun({ notChecked: ['No migration was found.'] }))).toBe('::error::No migration was found.\nNo findings.\n');
  });
});

describe('gitlab', () => {
  it('writes one issue per finding, lines from 1, fingerprints unique', () => {
    const issues = JSON.parse(gitlab(sampleWith([RENAME, { ...RENAME, path: 'b.sql' }, LOOP]), 'shop/')) as { readonly fingerprint: string }[];
    expect(issues).toMatchObject([
      { check_name: 'backend-patterns/migration-no-rename', severity: 'major', location: { path: 'shop/db/migrations/002 größe.sql', lines: { begin: 3, end: 4 } } },
      { location: { path: 'shop/b.sql' } },
      { severity: 'minor', description: expect.stringContaining('(a.ts:5 → findById') as string },
    ]);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });
});

describe('markdown', () => {
  it('shows a summary, the findings by file and the safe way', () => {
    expect(markdown(sample())).toBe(`### ❌ 2 findings in 2 files

| Rule | Findings | Files |
|---|--:|--:|
| \`backend-patterns/migration-no-rename\` | 1 | 1 |
| \`backend-patterns/no-query-in-loop\` | 1 | 1 |

#### \`db/migrations/002 größe.sql\`

- **3:11** Column \`c\` of \`a\` is renamed, 100 % sure. \`backend-patterns/migration-no-rename\`
  \`src/a.ts:7\` a.c

  <details><summary>The safe way</summary>

  \`\`\`sql
  ALTER TABLE a ADD COLUMN b text;
  UPDATE a SET b = c;
  \`\`\`

  </details>

#### \`src/orders.service.ts\`

- **5:11** \`orders.findById(id)\` runs once per element of \`ids\`. Use \`<T>\` & "one" query. _(low confidence)_ \`backend-patterns/no-query-in-loop\`
  a.ts:5 → findById → prisma.order.findUnique

<details><summary>What was looked at</summary>

- Files: 5 found, 3 parsed (2 source, 1 test), 1 judged.
- Imports: 6 resolved within the project, 1 unresolved; 4 of packages.
- Not parsed: 1 file with syntax errors.
- Skipped: 1 too large.
- Migrations: 1 found (1 sql, postgres), 0 statements understood, 2 not.
- Not analysed: db/migrations/002 größe.sql:9 not understood: syntax error
- Not analysed: db/migrations/002 größe.sql not valid UTF-8

</details>
`);
  });

  it('makes no marks, tags and mentions of what others wrote', () => {
    const text = markdown(sampleWith([sampleFinding({ message: 'Ask @team about <b> and a|b; `code <T>` stays.' })]));
    expect(text).toContain('Ask @\u200Bteam about &lt;b\\> and a\\|b; `code <T>` stays.');
  });

  it('fits into a comment and says what does not', () => {
    const text = markdown(sampleWith(Array.from({ length: 900 }, (_unused, index) => sampleFinding({ line: index + 1 }))));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/_\d+ more findings do not fit into this comment\._/);
  });

  it.each([
    { run: sampleRun(), verdict: '### ✅ No findings\n' },
    { run: sampleRun({ notChecked: ['Why.'] }), verdict: '### ❌ Not checked\n\n**Not checked:** Why.\n' },
  ])('is green only when all was checked: $verdict', ({ run, verdict }) => {
    expect(markdown(run)).toContain(verdict);
  });
});

describe('stylish', () => {
  it('shows the safe way when it is asked for', () => {
    expect(stylish(sample({ showsPlans: true }), plain)).toContain('\n        ALTER TABLE a ADD COLUMN b text;\n        UPDATE a SET b = c;\n');
    expect(stylish(sample(), plain)).not.toContain('ADD COLUMN');
  });

  it('leaves the coverage of source files out where they were not judged', () => {
    expect(stylish(sample({ presets: ['migrations'] }), plain)).not.toContain('Files:');
  });
});
