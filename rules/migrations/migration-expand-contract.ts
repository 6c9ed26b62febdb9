import { defineRule } from '../../src/findings/define-rule.ts';
import type { Report } from '../../src/findings/types.ts';
import type { Hazard } from '../../src/migrations/analyze.ts';
import { findMigration } from '../../src/migrations/project-migrations.ts';
import { findNeeds, relatedPlaces, wordReferences } from '../../src/migrations/references/needs.ts';
import type { Project } from '../../src/project/project.ts';

export default defineRule({
  id: 'migration-expand-contract',
  docs: {
    chapter: 'migrations',
    description: 'Require the steps of replacing a column (add, write both, backfill, move reads, drop) to be spread over releases',
    preset: 'migrations',
  },
  judges: 'migrations',
  messages: {
    contractedTooEarly:
      'Column `{{old}}` of `{{table}}` is dropped in the same release that {{done}} `{{new}}` in its place. ' +
      'The release that is still running reads and writes `{{old}}`{{uses}}: its queries fail from then on. Missing in between: {{missing}}.',
    requiredBeforeBackfill:
      'Column `{{new}}` of `{{table}}` becomes NOT NULL before it is filled from `{{old}}`. ' +
      'The rows that are there have no value yet, and the migration fails. Backfill in batches first, and set NOT NULL in a later migration.',
    requiredWithoutBackfill:
      'Column `{{new}}` of `{{table}}` becomes NOT NULL, and no migration fills it from `{{old}}`. Unless a job did, the migration fails. ' +
      'Backfill in batches first.',
    neverContracted:
      'Column `{{new}}` of `{{table}}` was filled from `{{old}}`, and {{count}} migrations later both are still there. {{next}}',
  },
  check({ file, project, report }) {
    for (const hazard of findMigration(project, file.path)?.hazards ?? []) {
      const found = judge(project, hazard);
      if (found) report({ at: { start: hazard.start, end: hazard.end }, ...found });
    }
  },
});

function judge(project: Project, { kind, data, target }: Hazard): Omit<Report, 'at'> | undefined {
  switch (kind) {
    case 'contractedTooEarly': {
      const references = (target && findNeeds(project, target)?.references) ?? [];
      const uses = references.length > 0 ? `, e.g. ${wordReferences(references)}` : '';
      return { messageId: kind, data: { ...data, uses }, related: relatedPlaces(references) };
    }
    case 'requiredBeforeBackfill':
      return { messageId: kind, data };
    case 'requiredWithoutBackfill':
      return { messageId: kind, data, confidence: 'low' };
    case 'neverContracted': {
      const references = (target && findNeeds(project, target)?.references) ?? [];
      const next =
        references.length > 0
          ? `Missing: reads and writes of \`${data['old']}\` still have to move (${wordReferences(references)}); then drop it.`
          : `Missing: nothing here needs \`${data['old']}\` any more; drop it.`;
      return { messageId: kind, data: { ...data, next }, confidence: 'low' };
    }
    default:
      return undefined;
  }
}
