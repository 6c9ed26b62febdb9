import type { Coverage, FileRole } from '../project/types.ts';
import { count } from './run-report.ts';

/** How many files, and why they are not among those judged, in a fixed order. */
const ROLE_NAMES: Readonly<Record<FileRole, readonly [one: string, many: string]>> = {
  source: ['source', 'source'],
  test: ['test', 'tests'],
  seed: ['seed', 'seeds'],
  script: ['script', 'scripts'],
  migration: ['migration', 'migrations'],
  generated: ['generated', 'generated'],
  config: ['configuration', 'configuration'],
  declaration: ['declaration', 'declarations'],
  example: ['example', 'examples'],
};

/** Files by role: `40 source, 12 tests, 1 seed`. */
export function wordRoles(roles: Coverage['roles']): string {
  return (Object.keys(ROLE_NAMES) as FileRole[])
    .filter((role) => (roles[role] ?? 0) > 0)
    .map((role) => `${roles[role]} ${ROLE_NAMES[role][roles[role] === 1 ? 0 : 1]}`)
    .join(', ');
}

/** Skipped files by reason: `2 too large, 1 binary`. */
export function wordSkipped(skipped: Coverage['skipped']): string {
  const reasons = new Map<string, number>();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, amount]) => `${amount} ${reason}`).join(', ');
}

/** The coverage in a few lines; part of every output, so that nothing is silently green. */
export function coverageLines(coverage: Coverage, judged: number): string[] {
  const { internal, unresolved, external } = coverage.imports;
  const lost = coverage.damaged.filter((file) => !file.kept).length;
  const parts = coverage.damaged.length - lost;
  const lines = [
    `Files: ${coverage.found} found, ${coverage.parsed} parsed (${wordRoles(coverage.roles) || 'none classified'}), ${judged} judged.`,
    `Imports: ${internal} resolved within the project, ${unresolved.length} unresolved; ${external} of packages.`,
  ];
  if (lost > 0) lines.push(`Not parsed: ${count(lost, 'file')} with syntax errors.`);
  if (parts > 0) lines.push(`Parsed in part: ${count(parts, 'file')} with syntax errors.`);
  if (coverage.skipped.length > 0) lines.push(`Skipped: ${wordSkipped(coverage.skipped)}.`);
  return lines;
}
