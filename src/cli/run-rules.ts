import { rules } from '../../rules/index.ts';
import { judgedFiles } from '../findings/judged-files.ts';
import { checkProject, type CheckRequest, type CheckResult } from '../findings/check.ts';
import { migrationsOf } from '../migrations/project-migrations.ts';
import type { Project } from '../project/project.ts';
import { detectionNotes } from './detection-notes.ts';
import type { RunReport } from '../report/run-report.ts';
import type { CommandInput } from './command.ts';
import { exitCodeOf, notCheckedReasons, UsageError } from './exit-codes.ts';
import { migrationOverview, notCheckedMigrations } from './migration-overview.ts';
import { PACKAGE_NAME, packageVersion } from './package-files.ts';
import { includesOf } from './paths.ts';

type Judges = NonNullable<CheckRequest['judges']>;

/** Runs the rules that a command asks for and puts the outcome together for the formats. */
export function runRules(project: Project, input: CommandInput, command: RunReport['command'], judges: readonly Judges[]): RunReport {
  requireRules(input.values.rule ?? [], command, judges);
  const migrations = judges.includes('migrations') ? migrationsOf(project) : undefined;
  const known = [...project.files.keys(), ...(migrations?.files ?? []).map((file) => file.path)];
  const includes = includesOf(input.operands, { root: project.root, cwd: input.cwd, known });
  const result = mergeResults(judges.map((kind) => checkProject(project, { rules, judges: kind, only: input.values.rule, includes })));
  const notChecked = [
    ...(judges.includes('source') ? notCheckedReasons(project.coverage) : []),
    ...(migrations && command === 'migrations' ? notCheckedMigrations(migrations) : []),
  ];
  return {
    tool: { name: PACKAGE_NAME, version: packageVersion() },
    command,
    root: project.root,
    preset: project.settings.preset ?? 'recommended',
    result,
    coverage: project.coverage,
    ...(migrations ? { migrations: migrationOverview(migrations, (path) => readText(project, path)) } : {}),
    notes: judges.includes('source') ? detectionNotes(project) : [],
    notChecked,
    exitCode: exitCodeOf(result, notChecked),
  };
}

function readText(project: Project, path: string): string | undefined {
  return judgedFiles(project, 'migrations').find((file) => file.path === path)?.text;
}

/** A rule that does not run under a command would look as if it had found nothing. */
function requireRules(ids: readonly string[], command: string, judges: readonly Judges[]): void {
  for (const id of ids) {
    const rule = rules.find((candidate) => candidate.id === id.replace(/^backend-patterns\//, ''));
    const kind = rule?.judges ?? 'source';
    if (rule && !judges.includes(kind)) {
      const other = command === 'check' ? 'migrations' : 'check';
      throw new UsageError(`Rule "${id}" judges ${kind === 'source' ? 'source files' : 'migrations'}; use: backend-patterns ${other} --rule ${id}`);
    }
  }
}

function mergeResults(results: readonly CheckResult[]): CheckResult {
  return {
    findings: results.flatMap((result) => result.findings),
    silenced: results.flatMap((result) => result.silenced),
    ruleErrors: results.flatMap((result) => result.ruleErrors),
    rules: results.flatMap((result) => result.rules),
    judged: results.flatMap((result) => result.judged),
  };
}
