import { describe, expect, it } from 'vitest';
import { notCheckedMigrations } from '../../src/cli/migration-overview.ts';
import type { AnalyzedMigration, MigrationAnalysis } from '../../src/migrations/analyze.ts';

interface FileCounts {
  readonly statements: number;
  readonly unread: number;
  readonly calls?: number;
  readonly fault?: string;
}

/** Files with so many statements, so many places that were not read, and as programs so many calls. */
function analysis(files: readonly FileCounts[]): MigrationAnalysis {
  const made = files.map(({ statements, unread, calls, fault }, n): AnalyzedMigration => ({
    path: `${n}.sql`,
    name: String(n),
    tool: 'sql',
    dialect: 'postgres',
    judged: true,
    statements: Array.from({ length: statements }, () => ({ kind: 'block', start: 0, end: 1, statements: [] })),
    transactions: [],
    effects: [],
    hazards: [],
    hygiene: [],
    notAnalysed: [...(fault === undefined ? [] : [{ start: 0, end: 0, reason: fault }]), ...Array.from({ length: unread }, () => ({ start: 0, end: 1, reason: 'not understood' }))],
    ...(calls === undefined ? {} : { calls }),
  }));
  const coverage = { folders: 1, files: made.length, analysed: made.length, statements: 0, notUnderstood: 0, calls: { found: 0, notFollowed: 0 }, skipped: [] };
  return { folders: [], files: made, coverage };
}

describe('migrations do not count as checked', () => {
  it.each<{ name: string; given: readonly FileCounts[]; reasons: string[] }>([
    { name: 'when there are none', given: [], reasons: ['No migration was found.'] },
    { name: 'unless all was understood', given: [{ statements: 2, unread: 0 }], reasons: [] },
    { name: 'unless little was not', given: [{ statements: 95, unread: 5 }], reasons: [] },
    { name: 'when much was not', given: [{ statements: 94, unread: 6 }], reasons: ['6 of 100 statements were not understood (more than 5 %).'] },
    { name: 'unless a file is damaged and read all the same', given: [{ statements: 1, unread: 0, fault: 'not valid UTF-8.' }], reasons: [] },
    { name: 'when no file was read', given: [{ statements: 0, unread: 0, fault: 'too large.' }], reasons: ['None of 1 migration files was analysed: too large.'] },
    { name: 'unless few calls were lost', given: [{ statements: 9, unread: 1, calls: 10 }], reasons: [] },
    {
      name: 'when many calls were', given: [{ statements: 8, unread: 2, calls: 10 }],
      reasons: ['2 of 10 calls in migrations that are programs could not be followed (more than 10 %).'],
    },
  ])('$name', ({ given, reasons }) => {
    expect(notCheckedMigrations(analysis(given))).toEqual(reasons);
  });

  it('by the files that were asked for', () => {
    const all = analysis([{ statements: 1, unread: 1 }, { statements: 1, unread: 0 }]);
    expect(notCheckedMigrations(all, (path) => path === '1.sql')).toEqual([]);
    expect(notCheckedMigrations(all, (path) => path === '0.sql')).toHaveLength(1);
  });
});
