import { defineRule } from '../../src/findings/define-rule.ts';
import type { Report } from '../../src/findings/types.ts';
import type { Hazard } from '../../src/migrations/analyze.ts';
import { isNamedLater } from '../../src/migrations/history/later-names.ts';
import { findMigration, migrationsOf } from '../../src/migrations/project-migrations.ts';
import { findBase } from '../../src/migrations/base/base-release.ts';
import { findInsertsWithout } from '../../src/migrations/references/inserts.ts';
import { findNeeds, relatedPlaces, wordReferences, type Needs } from '../../src/migrations/references/needs.ts';
import type { Reference } from '../../src/migrations/references/references.ts';
import type { Project } from '../../src/project/project.ts';

export default defineRule({
  id: 'migration-no-drop-referenced',
  docs: { chapter: 'migrations', description: 'Disallow dropping a column or table that code still needs', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    referencedColumn:
      'Column `{{column}}` of `{{table}}` is dropped while {{who}} still needs it: {{places}}. ' +
      'From then on those queries fail, and the values are gone. {{remedy}}',
    selectedColumn:
      'Column `{{column}}` of `{{table}}` is dropped while {{who}} selects every column of the table: {{places}}. ' +
      'What reads it there finds nothing from then on, and the values are gone. {{remedy}}',
    referencedTable:
      'Table `{{table}}` is dropped while {{who}} still needs it: {{places}}. From then on those queries fail, and the rows are gone. {{remedy}}',
    unreferencedColumn:
      'Column `{{column}}` of `{{table}}` is dropped. Nothing in {{files}} needs it{{where}}, but its values are gone. {{check}}',
    unreferencedTable: 'Table `{{table}}` is dropped. Nothing in {{files}} needs it{{where}}, but its rows are gone. {{check}}',
    dropColumn:
      'Column `{{column}}` of `{{table}}` is dropped. ' +
      'Every query of a running release that names it fails from then on, and its values are gone. {{remedy}}',
    recreateColumn:
      'Column `{{column}}` of `{{table}}` is dropped and created anew. ' +
      'Its values are gone, and a running release reads the new column as if it were the old one. {{remedy}}',
    dropTable: 'Table `{{table}}` is dropped. Every query of a running release that names it fails from then on, and its rows are gone. {{remedy}}',
    insertsWithout:
      'Column `{{column}}` of `{{table}}` becomes NOT NULL while {{who}} inserts rows without it: {{places}}. From then on those inserts fail. ' +
      'First release code that gives it a value, or set a `DEFAULT`.',
  },
  check({ file, project, report }) {
    const migration = findMigration(project, file.path);
    for (const hazard of migration?.hazards ?? []) {
      const found = hazard.kind === 'setNotNull' ? judgeNotNull(project, hazard) : judgeDrop(project, file.path, hazard);
      const others = (migration?.hazards ?? []).filter(({ start }) => start === hazard.start);
      if (found && !isToldElsewhere(found, others)) report({ at: { start: hazard.start, end: hazard.end }, ...found });
    }
  },
});

type Verdict = Omit<Report, 'at'>;

/** A column that another takes the place of, or that is renamed in truth, is told by the rules for that. */
function isToldElsewhere({ messageId, confidence }: Verdict, others: readonly Hazard[]): boolean {
  if (others.some(({ kind }) => kind === 'contractedTooEarly' || kind === 'probableRename')) return true;
  const isReferenced = messageId.startsWith('referenced') && confidence !== 'low';
  return !isReferenced && others.some(({ kind }) => kind === 'possibleRename');
}

function judgeDrop(project: Project, path: string, { kind, data, start, target }: Hazard): Verdict | undefined {
  if (kind === 'recreateColumn') return { messageId: kind, data };
  if ((kind !== 'dropColumn' && kind !== 'dropTable') || !target) return undefined;
  // Code that uses the name means what a later migration made under it.
  const isBack = isNamedLater(migrationsOf(project), { path, start, ...target });
  const needs = findNeeds(project, target);
  if (!needs) return { messageId: kind, data };
  const what = kind === 'dropColumn' ? 'Column' : 'Table';
  if (isBack || needs.references.length === 0) return { messageId: `unreferenced${what}`, data: { ...data, ...unreferencedData(needs) }, confidence: 'low' };
  const { references, who, isCertain } = needs;
  // A `*` does not fail without the column; who reads it from the rows does.
  const isOnlySelected = what === 'Column' && references.every((reference) => reference.kind === 'selectAll');
  return {
    messageId: isOnlySelected ? 'selectedColumn' : `referenced${what}`,
    data: { ...data, who, places: wordReferences(references), remedy: remedyFor(references, what) },
    related: relatedPlaces(references),
    confidence: isCertain ? 'high' : 'low',
  };
}

function unreferencedData({ searched, hasBase }: Needs): Record<string, string> {
  return {
    files: searched === 1 ? '1 file' : `${searched} files`,
    where: hasBase ? ', neither here nor at the merge base' : ' any more',
    check: hasBase
      ? 'Check other programs that use the database.'
      : 'Check that the running release does not need it either (`--base` compares with it), nor other programs that use the database.',
  };
}

function remedyFor(references: readonly Reference[], what: 'Column' | 'Table'): string {
  const isPrisma = references.some(({ kind, path }) => kind === 'model' && path.endsWith('.prisma'));
  const thing = what.toLowerCase();
  if (isPrisma) {
    const mark = what === 'Column' ? 'the field marked `@ignore`' : 'the model marked `@@ignore`';
    return `First release ${mark}, so that the client neither selects nor writes it; drop the ${thing} in the release after that.`;
  }
  return `First release code without these uses${what === 'Column' ? ' and a model without the property' : ''}; drop the ${thing} in the release after that.`;
}

function judgeNotNull(project: Project, { data, target }: Hazard): Verdict | undefined {
  if (!target) return undefined;
  const base = findBase(project);
  const inserts = findInsertsWithout(base?.project ?? project, target);
  if (inserts.length === 0) return undefined;
  const who = base ? `the running release (${base.ref}, merge base ${base.commit.slice(0, 7)})` : 'the code';
  return { messageId: 'insertsWithout', data: { ...data, who, places: wordReferences(inserts) }, related: relatedPlaces(inserts) };
}
