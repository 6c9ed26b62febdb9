import { defineRule } from '../../src/findings/define-rule.ts';
import type { Suggestion } from '../../src/findings/types.ts';
import { modelsIn } from '../../src/project/models.ts';
import type { SourceFile } from '../../src/project/types.ts';
import type { Model, ModelIndex } from '../../src/schema/model.ts';
import { redundantIndexes } from '../../src/schema/redundant-indexes.ts';

const WORDS: Readonly<Record<ModelIndex['kind'], string>> = { primary: 'primary key', unique: 'unique constraint', index: 'index' };

export default defineRule({
  id: 'no-redundant-index',
  docs: { chapter: 'database', description: 'Disallow indexes that another index of the table begins with', preset: 'strict' },
  judgesSchemas: true,
  hasSuggestions: true,
  messages: {
    prefix: 'The {{kind}} on {{columns}} of `{{table}}` is what the {{other}} on {{otherColumns}} begins with, which serves the same queries. Every write pays for both. Drop it.',
    same: 'The {{kind}} on {{columns}} of `{{table}}` does what the {{other}} on the same columns does. Every write pays for both. Drop it.',
    dropIndex: 'Drop it.',
  },
  check({ file, project, report }) {
    const told = new Set<number>();
    for (const model of modelsIn(project, file.path)) {
      for (const { index, by } of redundantIndexes(model)) {
        if (index.path !== file.path || told.has(index.start)) continue;
        told.add(index.start);
        report({
          at: { start: index.start, end: index.end },
          messageId: by.columns.length > index.columns.length ? 'prefix' : 'same',
          data: { kind: WORDS[index.kind], columns: named(model, index), table: model.name, other: WORDS[by.kind], otherColumns: named(model, by) },
          suggestions: dropSuggestion(file, index),
        });
      }
    }
  },
});

/** Columns as code names them. */
function named({ columns }: Model, index: ModelIndex): string {
  return index.columns.map((column) => `\`${columns.find((each) => each.column === column)?.property ?? column ?? ''}\``).join(', ');
}

/** A block attribute of Prisma that has its lines for itself; other places hold more than the index. */
function dropSuggestion({ text }: SourceFile, { start, end }: ModelIndex): Suggestion[] {
  if (!text.startsWith('@@', start)) return [];
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next < 0 ? text.length : next + 1;
  if (text.slice(from, start).trim() !== '' || text.slice(end, to).trim() !== '') return [];
  return [{ messageId: 'dropIndex', data: {}, edits: [{ start: from, end: to, text: '' }] }];
}
