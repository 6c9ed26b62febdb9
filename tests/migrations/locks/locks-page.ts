import { LOCK_CASES, type LockCase } from './cases.ts';
import { COLUMN_CASES } from './column-cases.ts';
import { CONSTRAINT_CASES } from './constraint-cases.ts';
import { OBJECT_CASES } from './object-cases.ts';
import { differencesOf, measuredServers, recordOf, VERSIONS, type LockRecord } from './records.ts';
import { TABLE_CASES } from './table-cases.ts';

const [NEWEST] = VERSIONS;

const CHAPTERS: readonly (readonly [title: string, cases: readonly LockCase[]])[] = [
  ['Columns', COLUMN_CASES],
  ['Constraints', CONSTRAINT_CASES],
  ['Tables, partitions, triggers, policies', TABLE_CASES],
  ['Indexes, views, sequences, types, maintenance, data', OBJECT_CASES],
];

/** docs/postgres-locks.md: everything that was measured, for people. */
export function locksPage(): string {
  const servers = measuredServers();
  const older = VERSIONS.slice(1);
  const named = older.map((version) => `${servers[version] ?? version} (${Object.keys(differencesOf(version)).length} differ)`);
  return [
    '# What PostgreSQL statements lock',
    '',
    `${LOCK_CASES.length} statements, run on PostgreSQL ${servers[NEWEST] ?? NEWEST} and on ${named.join(', ')}; nothing here is remembered or read.`,
    'The analyzer must give the same answer for each of them, on each version. A test holds it to that, and another one runs them all again in PGlite.',
    '',
    '- Locks are those that are held until the transaction ends, the strongest one of each table, index or sequence that was there before.',
    '- *Rewrites* get a new file on disk. *Scans* are read from beginning to end. Both take the longer the larger the table is.',
    '- A lock conflicts with others as the manual says: https://www.postgresql.org/docs/current/explicit-locking.html.',
    '  AccessExclusive blocks even reading; Share and ShareRowExclusive block writing; ShareUpdateExclusive blocks only other schema changes and VACUUM.',
    '- `CONCURRENTLY` and VACUUM hold nothing afterwards; their locks were seen from within where they run a function. Elsewhere: *not seen*.',
    '- Which version takes a weak AccessShare lock on what a new object depends on is a matter of the minor version, too.',
    '',
    'The base schema is in `tests/migrations/locks/base-schema.ts`; `node scripts/measure-locks.js` measures anew and writes this page.',
    ...CHAPTERS.flatMap(([title, cases]) => ['', `## ${title}`, '', ...table(cases)]),
    '',
  ].join('\n');
}

function table(cases: readonly LockCase[]): string[] {
  return ['| Statement | Lock | Other locks | Rewrites | Scans | Differs |', '|---|---|---|---|---|---|', ...cases.map(row)];
}

function row(lockCase: LockCase): string {
  const record = recordOf(lockCase.id, NEWEST);
  const before = lockCase.setup === undefined || lockCase.setup.includes('watched(') ? '' : `<br>after \`${cell(lockCase.setup)}\``;
  const cells = record ? [...lockCells(record), list(record.rewrites), list(record.scans)] : ['not measured', '', '', ''];
  return `| \`${cell(lockCase.sql)}\`${before} | ${cells.join(' | ')} | ${differs(lockCase)} |`;
}

function lockCells({ sql, locks, error }: LockRecord): [string, string] {
  if (error !== undefined) return [`error ${error}`, ''];
  if (!locks) return ['not seen', ''];
  const relations = Object.keys(locks);
  const positions = new Map(relations.map((relation) => [relation, positionIn(sql, relation)]));
  const [own] = relations.filter((relation) => positions.get(relation) !== -1).sort((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
  const others = relations.filter((relation) => relation !== own);
  const modes = [...new Set(others.map((relation) => locks[relation] ?? ''))];
  const grouped = modes.map((mode) => `${short(mode)}: ${list(others.filter((relation) => locks[relation] === mode))}`);
  return [own === undefined ? (relations.length === 0 ? 'none' : '') : `${short(locks[own] ?? '')}`, grouped.join('; ')];
}

function positionIn(sql: string, relation: string): number {
  return sql.search(new RegExp(`\\b${relation.slice(relation.indexOf('.') + 1)}\\b`));
}

function differs({ id, since }: LockCase): string {
  const versions = VERSIONS.slice(1).filter((version) => differencesOf(version)[id]);
  const shown = versions.map((version) => {
    const { locks = {}, error } = differencesOf(version)[id] ?? {};
    if (error !== undefined) return `${version}: error ${error}`;
    return `${version}: ${Object.entries(locks).map(([relation, mode]) => `${short(mode)} ${bare(relation)}`).join(', ') || 'none'}`;
  });
  const grouped = groupSame(shown);
  return [...(since === undefined ? [] : [`from ${since}`]), ...grouped].join('<br>');
}

/** `17: x`, `16: x` → `17, 16: x`. */
function groupSame(shown: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const line of shown) {
    const at = line.indexOf(': ');
    const text = line.slice(at + 2);
    groups.set(text, [...(groups.get(text) ?? []), line.slice(0, at)]);
  }
  return [...groups].map(([text, versions]) => `${versions.join(', ')}: ${text}`);
}

function list(relations: readonly string[] = []): string {
  return relations.map(bare).join(', ');
}

function bare(relation: string): string {
  return relation.replace(/^public\./, '');
}

function short(mode: string): string {
  return mode.replace(/Lock$/, '');
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
}
