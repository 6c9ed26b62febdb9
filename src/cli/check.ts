import { rules } from '../../rules/index.ts';
import type { Rule } from '../findings/define-rule.ts';
import { judgedBy, namedPresets, withoutPrefix } from '../findings/rule-selection.ts';
import { migrationsOf } from '../migrations/project-migrations.ts';
import type { Project } from '../project/project.ts';
import type { Command, CommandInput } from './command.ts';
import { openFor } from './open.ts';
import { writeRun } from './output.ts';
import { relativeToRoot } from './paths.ts';
import { runRules } from './run-rules.ts';

type Judges = NonNullable<Rule['judges']>;

export const run: Command = (input) => {
  const project = openFor(input);
  return writeRun(runRules(project, input, 'check', judgedKinds(project, input)), input);
};

/** What the rules that are named judge, or the presets; and migrations where a path names one, so that a hook can hand over whatever was changed. */
function judgedKinds(project: Project, { values, operands, cwd }: CommandInput): Judges[] {
  const named = (values.rule ?? []).flatMap((id) => rules.find((rule) => rule.id === withoutPrefix(id)) ?? []);
  if (named.length > 0) return inOrder(named.map((rule) => rule.judges ?? 'source'));
  const presets = inOrder(namedPresets(project.settings).map(judgedBy));
  const kinds: Judges[] = presets.length > 0 ? presets : ['source'];
  if (kinds.includes('migrations') || operands.length === 0) return kinds;
  const paths = operands.map((operand) => relativeToRoot(operand, project.root, cwd));
  const candidates = paths.filter((path) => mayBeMigration(project, path));
  if (candidates.length === 0) return kinds;
  const migrations = new Set(migrationsOf(project).files.map(({ path }) => path));
  const ofMigrations = candidates.filter((path) => migrations.has(path) || isSql(path));
  if (ofMigrations.length === 0) return kinds;
  return ofMigrations.length === paths.length ? ['migrations'] : [...kinds, 'migrations'];
}

function mayBeMigration(project: Project, path: string): boolean {
  return isSql(path) || project.files.get(path)?.role === 'migration';
}

function isSql(path: string): boolean {
  return /\.sql$/i.test(path);
}

function inOrder(kinds: readonly Judges[]): Judges[] {
  return (['source', 'migrations'] as const).filter((kind) => kinds.includes(kind));
}
