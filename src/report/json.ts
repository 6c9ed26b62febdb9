import type { Finding } from '../findings/types.ts';
import type { MigrationRow, RunReport } from './run-report.ts';

/** Version of the format; a new one only when a field changes its meaning or goes away. Documented in docs/json-format.md. */
const JSON_FORMAT_VERSION = 2;

/** The run for programs: deterministic, paths relative to the root. */
export function json(run: RunReport): string {
  const { findings, silenced, ruleErrors, rules, judged } = run.result;
  const { coverage, migrations } = run;
  return `${JSON.stringify(
    {
      version: JSON_FORMAT_VERSION,
      tool: run.tool,
      command: run.command,
      presets: run.presets,
      rules,
      findings: findings.map(jsonFinding),
      silenced: silenced.map(({ finding, by, reason }) => ({ ...jsonFinding(finding), by, reason })),
      ruleErrors: ruleErrors.map(({ rule, path, message }) => ({ rule, file: path, message })),
      coverage: { ...coverage, judged: judged.length },
      ...(migrations ? { migrations: migrations.files.map(jsonMigration) } : {}),
      notes: run.notes,
      notChecked: run.notChecked,
      exitCode: run.exitCode,
    },
    undefined,
    2,
  )}\n`;
}

function jsonMigration({ path, findings: _findings, ...rest }: MigrationRow): object {
  return { file: path, ...rest };
}

function jsonFinding(finding: Finding): object {
  return {
    rule: finding.rule,
    message: finding.message,
    file: finding.path,
    line: finding.line,
    column: finding.column,
    endLine: finding.endLine,
    endColumn: finding.endColumn,
    confidence: finding.confidence,
    fingerprint: finding.fingerprint,
    ...(finding.plan === undefined ? {} : { plan: finding.plan }),
    trail: finding.trail.map(({ path, line, column, label }) => ({ file: path, line, column, label })),
    ...(finding.related ? { related: finding.related.map(({ path, line, column, label }) => ({ file: path, line, column, label })) } : {}),
  };
}
