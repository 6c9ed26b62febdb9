import { rules } from '../../rules/index.ts';
import { checkProject, type CheckRequest, type CheckResult } from '../findings/check.ts';
import { migrationFile } from '../findings/migration-file.ts';
import { presetsFor, withoutPrefix } from '../findings/rule-selection.ts';
import type { MigrationAnalysis } from '../migrations/analyze.ts';
import { migrationsOf } from '../migrations/project-migrations.ts';
import type { Project } from '../project/project.ts';
import type { RunReport } from '../report/run-report.ts';
import type { CommandInput } from './command.ts';
import { detectionNotes } from './detection-notes.ts';
import { exitCodeOf, notCheckedReasons, UsageError } from './exit-codes.ts';
import { migrationOverview, notCheckedMigrations } from './migration-overview.ts';
import { PACKAGE_NAME, packageVersion } from './package-files.ts';
import { includesOf, relativeToRoot } from './paths.ts';

type Judges = NonNullable<CheckRequest['judges']>;

/** Runs the rules that a command asks for and puts the outcome together for the formats. */
export function runRules(project: Project, input: CommandInput, command: RunReport['command'], judges: readonly Judges[]): RunReport {
  requireRules(input.values.rule ?? [], command, judges);
  const migrations = judges.includes('migrations') ? migrationsOf(project) : undefined;
  const others = [...project.loaded.others('sql'), ...project.loaded.others('prisma'), ...(migrations?.files ?? [])];
  const known = [...project.files.keys(), ...others.map((file) => file.path)];
  const includes = includesOf(input.operands, { root: project.root, cwd: input.cwd, known });
  const result = mergeResults(judges.map((kind) => checkProject(project, { rules, judges: kind, only: input.values.rule, includes })));
  const notChecked = [
    ...(judges.includes('source') ? notCheckedReasons(project.coverage) : []),
    // A project without migrations is checked all the same, unless they alone were asked for.
    ...(migrations && command !== 'report' && (!judges.includes('source') || migrations.files.length > 0) ? notCheckedMigrations(migrations, includes) : []),
  ];
  return {
    tool: { name: PACKAGE_NAME, version: packageVersion() },
    command,
    root: project.root,
    presets: judges.flatMap((kind) => presetsFor(kind, project.settings)),
    result,
    showsPlans: input.values.plan === true,
    coverage: project.coverage,
    ...(migrations ? { migrations: migrationOverview(migrations, result.findings, (path) => migrationFile(project, path).text) } : {}),
    notes: [...(judges.includes('source') ? detectionNotes(project) : []), ...(migrations ? [...(migrations.notes ?? []), ...strayNotes(project, input, migrations)] : [])],
    notChecked,
    exitCode: exitCodeOf(result, notChecked),
  };
}

/** SQL that somebody names although no migration tool runs it. */
function strayNotes(project: Project, { operands, cwd }: CommandInput, { files }: MigrationAnalysis): string[] {
  const known = new Set(files.map(({ path }) => path));
  const named = operands.map((operand) => relativeToRoot(operand, project.root, cwd));
  return named.filter((path) => /\.sql$/i.test(path) && !known.has(path)).map((path) => `${path} belongs to no migration folder that was found: not judged.`);
}

/** A rule that does not run under a command would look as if it had found nothing. */
function requireRules(ids: readonly string[], command: string, judges: readonly Judges[]): void {
  for (const id of ids) {
    const rule = rules.find((candidate) => candidate.id === withoutPrefix(id));
    if (rule && !judges.includes(rule.judges ?? 'source')) {
      throw new UsageError(`Rule "${id}" judges source files, which "${command}" does not; use: backend-patterns check --rule ${id}`);
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
