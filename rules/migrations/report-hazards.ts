import type { Report } from '../../src/findings/types.ts';
import type { HazardKind } from '../../src/migrations/analyze.ts';
import { planOf } from '../../src/migrations/plan-text.ts';
import { findMigration } from '../../src/migrations/project-migrations.ts';
import type { Project } from '../../src/project/project.ts';

/** The part of a rule's context that is needed. */
interface MigrationRuleContext {
  readonly file: { readonly path: string };
  readonly project: Project;
  report(report: Report): void;
}

/**
 * Reports the hazards of some kinds in the file at hand; a kind is the id of its message.
 * @param suggestionId Message of the suggestion for hazards that can be mended by one edit.
 */
export function reportHazards({ file, project, report }: MigrationRuleContext, kinds: readonly HazardKind[], suggestionId?: string): void {
  const migration = findMigration(project, file.path);
  for (const { kind, start, end, data, fix } of migration ? [...migration.hazards, ...migration.hygiene] : []) {
    if (!kinds.includes(kind)) continue;
    const suggestions = fix && suggestionId !== undefined ? [{ messageId: suggestionId, data: {}, edits: [fix] }] : undefined;
    const plan = data['plan'] ?? planOf(data['remedy'] ?? '');
    report({ at: { start, end }, messageId: kind, data: { ...data, plan }, ...(suggestions ? { suggestions } : {}) });
  }
}
