import type { Finding } from '../../src/findings/types.ts';
import type { PageData } from '../../src/report/page-data.ts';
import type { RunReport } from '../../src/report/run-report.ts';

export const SAMPLE_TEXT = `import { orders } from './orders.repository';

export async function listOrders(ids: string[]) {
  for (const id of ids) {
    await orders.findById(id);
  }
  return '<script>alert("x")</script>';
}
`;

export function sampleFinding(change: Partial<Finding> = {}): Finding {
  return {
    rule: 'no-query-in-loop',
    messageId: 'perElement',
    message: '`orders.findById(id)` runs once per element of `ids`. Use `<T>` & "one" query.',
    path: 'src/orders.service.ts',
    start: 127,
    end: 146,
    line: 5,
    column: 11,
    endLine: 5,
    endColumn: 30,
    confidence: 'high',
    trail: [],
    suggestions: [],
    fingerprint: '0123456789abcdef',
    ...change,
  };
}

export function sampleRun(change: Partial<RunReport> = {}): RunReport {
  return {
    tool: { name: 'eslint-plugin-backend-patterns', version: '0.0.0' },
    command: 'check',
    root: '/somewhere/shop',
    presets: ['recommended'],
    result: { findings: [], silenced: [], ruleErrors: [], rules: ['no-query-in-loop'], judged: ['src/orders.service.ts'] },
    coverage: {
      found: 5,
      parsed: 3,
      damaged: [{ path: 'src/broken.ts', line: 4, message: 'Unexpected token', kept: false }],
      skipped: [{ path: 'src/huge.js', reason: 'too large' }],
      roles: { source: 2, test: 1 },
      imports: { internal: 6, unresolved: [{ path: 'src/a.ts', line: 1, source: './gone' }], external: 4 },
    },
    showsPlans: false,
    notes: [],
    notChecked: [],
    exitCode: 0,
    ...change,
  };
}

export function sampleWith(findings: readonly Finding[], change: Partial<RunReport> = {}): RunReport {
  const run = sampleRun(change);
  return { ...run, result: { ...run.result, findings } };
}

export function samplePage(run: RunReport, change: Partial<PageData> = {}): PageData {
  return {
    name: 'shop',
    run,
    routes: [],
    layers: [],
    styles: [],
    descriptions: new Map([['no-query-in-loop', 'Disallow a database query per element of a loop']]),
    textOf: () => SAMPLE_TEXT,
    ...change,
  };
}
