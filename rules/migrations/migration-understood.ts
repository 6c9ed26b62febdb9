import { defineRule } from '../../src/findings/define-rule.ts';
import type { AnalyzedMigration, NotAnalysed } from '../../src/migrations/analyze.ts';
import { findMigration } from '../../src/migrations/project-migrations.ts';

export default defineRule({
  id: 'migration-understood',
  docs: { chapter: 'migrations', description: 'Require migrations that can be read, so that nothing in them goes unchecked', preset: 'migrations' },
  judges: 'migrations',
  messages: {
    partNotRead: 'This goes unchecked: {{reason}}.',
    fileNotRead: 'The migration goes unchecked: {{reason}}.',
    damaged: 'The text is damaged: {{reason}}.',
    empty: 'The migration holds no statement. It runs and does nothing; if that is not meant, the file was not saved, or its content stands elsewhere.',
  },
  check({ file, project, report }) {
    const migration = findMigration(project, file.path);
    if (!migration) return;
    const { statements, notAnalysed, calls = 0 } = migration;
    if (statements.length + notAnalysed.length + calls === 0) report({ at: { start: 0, end: 0 }, messageId: 'empty', confidence: 'low' });
    for (const part of notAnalysed) {
      const { start, end, reason } = part;
      const data = { reason: reason.replace(/\.$/, '') };
      report({ at: { start, end }, messageId: messageFor(part, migration), data, confidence: isHowProgramsAre(part, migration) ? 'low' : 'high' });
    }
  },
});

/** An empty span stands for the whole file. */
function messageFor({ end }: NotAnalysed, { statements }: AnalyzedMigration): 'partNotRead' | 'fileNotRead' | 'damaged' {
  if (end > 0) return 'partNotRead';
  return statements.length === 0 ? 'fileNotRead' : 'damaged';
}

/** A program may compute what it sends, and a folder of scripts may be meant for psql: neither is a slip. */
function isHowProgramsAre({ reason }: NotAnalysed, { calls, tool }: AnalyzedMigration): boolean {
  return calls !== undefined || (tool === 'sql' && reason.startsWith('psql'));
}
