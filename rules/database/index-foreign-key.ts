import { defineRule } from '../../src/findings/define-rule.ts';
import type { Suggestion } from '../../src/findings/types.ts';
import { isForeignKeyIndexed } from '../../src/migrations/database-schema.ts';
import { modelsIn } from '../../src/project/models.ts';
import type { SourceFile } from '../../src/project/types.ts';
import type { Model, ModelForeignKey } from '../../src/schema/model.ts';
import { indexWords } from './index-words.ts';

/** Databases that keep no index for a foreign key, on which it costs as it does there. */
const JUDGED = new Set(['postgres', 'mssql', 'mysql']);

export default defineRule<{ ignore: readonly string[] }>({
  id: 'index-foreign-key',
  docs: { chapter: 'database', description: 'Require an index that begins with the column of each foreign key', preset: 'strict' },
  judgesSchemas: true,
  hasSuggestions: true,
  messages: {
    noIndex:
      'No index of `{{table}}` begins with {{columns}}, the foreign key to {{target}}. ' +
      'Each delete of a row there, and each query from there, reads the whole table. {{remedy}}',
    addIndex: 'Add `{{index}}`.',
  },
  options: {
    ignore: { type: 'array', items: { type: 'string' }, description: 'Foreign keys that need none, as `Model.property` or `table.column`.' },
  },
  defaultOptions: { ignore: [] },
  check({ file, project, options, report }) {
    const told = new Set<number>();
    for (const model of modelsIn(project, file.path)) {
      if (model.dialect === undefined || !JUDGED.has(model.dialect) || model.indexesForeignKeys) continue;
      for (const key of model.foreignKeys) {
        // A column of a shared base is told of once, not for each of the models that have it.
        if (key.path !== file.path || told.has(key.start) || isIgnored(options.ignore, model, key) || isForeignKeyIndexed(project, model, key)) continue;
        told.add(key.start);
        const words = indexWords(model, key.properties, key.columns);
        report({
          at: { start: key.start, end: key.end },
          messageId: 'noIndex',
          data: {
            table: model.name,
            columns: key.properties.map((property) => `\`${property}\``).join(', '),
            target: key.target === undefined ? 'another table' : `\`${key.target}\``,
            remedy: `Add ${words.place}: \`${words.index}\`.`,
          },
          ...(model.library === 'prisma' ? { suggestions: prismaSuggestion(file, model, words.index) } : {}),
        });
      }
    }
  },
});

function isIgnored(ignore: readonly string[], { name, table }: Model, { property, properties, columns }: ModelForeignKey): boolean {
  const names = [property, ...properties].map((each) => `${name}.${each}`).concat(columns.map((column) => `${table}.${column}`));
  return names.some((each) => ignore.includes(each));
}

/** The line that Prisma's formatter would keep: before the brace that ends the model. */
function prismaSuggestion({ text }: SourceFile, { close }: Model, index: string): Suggestion[] {
  if (close === undefined) return [];
  const before = text.lastIndexOf('\n', close - 1) + 1;
  if (text.slice(before, close).trim() !== '') return [];
  const indent = `${text.slice(before, close)}  `;
  return [{ messageId: 'addIndex', data: { index }, edits: [{ start: before, end: before, text: `${indent}${index}\n` }] }];
}
