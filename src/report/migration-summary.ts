import { count, type MigrationOverview, type MigrationRow } from './run-report.ts';

const MOST_PLACES = 20;

/** The migrations that were read, and what was not, in a few lines. */
export function migrationLines({ files }: MigrationOverview): string[] {
  if (files.length === 0) return ['Migrations: none found.'];
  const analysed = files.filter((file) => file.analysed);
  const statements = analysed.reduce((sum, file) => sum + file.statements.length, 0);
  const unread = analysed.reduce((sum, file) => sum + file.notAnalysed.length, 0);
  const lines = [`Migrations: ${files.length} found (${wordTools(files)}), ${count(statements, 'statement')} understood, ${unread} not.`];
  const leftOut = files.filter((file) => !file.analysed);
  for (const [reason, amount] of countBy(leftOut, (file) => file.notAnalysed.find((part) => part.line === undefined)?.reason ?? '')) {
    lines.push(`Not analysed: ${count(amount, 'migration')}: ${reason}`);
  }
  const places = analysed.flatMap(({ path, notAnalysed }) => notAnalysed.map(({ line, reason }) => `Not analysed: ${path}${line === undefined ? '' : `:${line}`} ${reason}`));
  lines.push(...places.slice(0, MOST_PLACES));
  if (places.length > MOST_PLACES) lines.push(`Not analysed: ${places.length - MOST_PLACES} more places; --format json lists all.`);
  return lines;
}

function wordTools(files: readonly MigrationRow[]): string {
  return countBy(files, ({ tool, dialect }) => `${tool}, ${dialect}`)
    .map(([kind, amount]) => `${amount} ${kind}`)
    .join('; ');
}

function countBy(files: readonly MigrationRow[], keyOf: (file: MigrationRow) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(keyOf(file), (counts.get(keyOf(file)) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
