import { defineRule } from '../../src/findings/define-rule.ts';
import { modelsIn } from '../../src/project/models.ts';
import type { Model, ModelForeignKey } from '../../src/schema/model.ts';

/** How a library is told, and what it does untold: `optional` for references that may be empty. */
interface Habit {
  readonly remedy: string;
  readonly required: string;
  readonly optional: string;
}

const REFUSED = 'deleting a row that is referred to is refused';

const HABITS: Readonly<Record<string, Habit>> = {
  prisma: { remedy: 'Add `onDelete: Restrict`, `Cascade` or `SetNull` to `@relation`', required: REFUSED, optional: 'the reference is silently emptied' },
  drizzle: { remedy: "Say it where the table is referred to: `{ onDelete: 'restrict' }`, `'cascade'` or `'set null'`", required: REFUSED, optional: REFUSED },
  typeorm: { remedy: "Add `onDelete: 'RESTRICT'`, `'CASCADE'` or `'SET NULL'` to the options of the relation", required: REFUSED, optional: REFUSED },
};

export default defineRule({
  id: 'explicit-on-delete',
  docs: { chapter: 'database', description: 'Require foreign keys to say what becomes of them when the row they refer to is deleted', preset: 'strict' },
  judgesSchemas: true,
  messages: {
    unsaid: '`{{table}}.{{property}}` does not say what becomes of it when its {{target}} is deleted: by default, {{what}}. {{remedy}}.',
  },
  check({ file, project, report }) {
    const told = new Set<number>();
    for (const model of modelsIn(project, file.path)) {
      const habit = HABITS[model.library];
      if (!habit) continue;
      for (const key of model.foreignKeys) {
        if (key.onDelete !== undefined || key.path !== file.path || told.has(key.start)) continue;
        told.add(key.start);
        report({
          at: { start: key.start, end: key.end },
          messageId: 'unsaid',
          data: {
            table: model.name,
            property: key.property,
            target: key.target === undefined ? 'other row' : `\`${key.target}\``,
            what: isOptional(model, key) ? habit.optional : habit.required,
            remedy: habit.remedy,
          },
        });
      }
    }
  },
});

/** Prisma empties a reference by default when each of its columns may be empty. */
function isOptional({ columns }: Model, { properties }: ModelForeignKey): boolean {
  return properties.every((property) => columns.find((column) => column.property === property)?.nullable === true);
}
