import { defineRule } from '../../src/findings/define-rule.ts';
import type { Report } from '../../src/findings/types.ts';
import type { Hazard, HazardKind } from '../../src/migrations/analyze.ts';
import { isNamedLater } from '../../src/migrations/history/later-names.ts';
import { findMigration, migrationsOf } from '../../src/migrations/project-migrations.ts';
import { findNeeds, relatedPlaces } from '../../src/migrations/references/needs.ts';
import type { Project } from '../../src/project/project.ts';

export default defineRule({
  id: 'migration-no-rename',
  docs: { chapter: 'migrations', description: 'Disallow renaming what a running release knows by its old name', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    renameColumn:
      'Column `{{from}}` of `{{table}}` is renamed to `{{to}}`. The release that is still running asks for `{{from}}` and fails from then on. {{remedy}}',
    renameTable: 'Table `{{table}}` is renamed to `{{to}}`. The release that is still running asks for `{{from}}` and fails from then on. {{remedy}}',
    renameSchema:
      'Schema `{{from}}` is renamed to `{{to}}`. ' +
      'Every query of a running release that names it, or has it in its search path, fails from then on. {{remedy}}',
    renameType: 'Type `{{type}}` is renamed to `{{to}}`. Casts and parameters of a running release that name `{{from}}` fail from then on. {{remedy}}',
    renameEnumValue:
      'Value `{{from}}` of the enum `{{type}}` is renamed to `{{to}}`. ' +
      'A running release that writes `{{from}}` fails from then on, and does not know `{{to}}` when it reads it. {{remedy}}',
    probableRename:
      'Column `{{from}}` of `{{table}}` is dropped and `{{to}}` is added with the same type ({{type}}), as generators write a rename. ' +
      'All values are lost. If it is one, keep the column and rename it in the code only; else copy the values before a later release drops it.',
  },
  check({ file, project, report }) {
    for (const hazard of findMigration(project, file.path)?.hazards ?? []) {
      const found = judge(project, file.path, hazard);
      if (found) report({ at: { start: hazard.start, end: hazard.end }, ...found });
    }
  },
});

const RENAMES: ReadonlySet<HazardKind> = new Set<HazardKind>(['renameColumn', 'renameTable', 'renameSchema', 'renameType', 'renameEnumValue']);

function judge(project: Project, path: string, { kind, data, target, start }: Hazard): Omit<Report, 'at'> | undefined {
  if (kind === 'probableRename') return { messageId: kind, data };
  if (kind === 'possibleRename') {
    // A drop that code still needs is told as such.
    const isTold = target !== undefined && findNeeds(project, target)?.isCertain === true;
    return isTold ? undefined : { messageId: 'probableRename', data, confidence: 'low' };
  }
  if (!RENAMES.has(kind)) return undefined;
  // Code that uses the name may mean what a later migration made under it.
  const isBack = target !== undefined && isNamedLater(migrationsOf(project), { path, start, ...target });
  const needs = target && !isBack ? findNeeds(project, target) : undefined;
  const related = relatedPlaces(needs?.references ?? []);
  // The code of the running release is known, and nothing in it asks for the name.
  const isUnused = needs?.hasBase === true && needs.references.length === 0;
  return { messageId: kind, data, related, ...(isUnused ? { confidence: 'low' as const } : {}) };
}
