import type { CheckResult } from '../findings/check.ts';
import type { Coverage } from '../project/types.ts';

/** What the command tells its caller. */
export const EXIT = { clean: 0, findings: 1, usage: 2, notChecked: 3 } as const;

const MOST_UNPARSED = 0.05;
const MOST_UNRESOLVED = 0.3;

/** Wrong use or configuration, said in words that a person can act on; ends the run with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Why a run does not count as checked; empty when it does. */
export function notCheckedReasons(coverage: Coverage): string[] {
  const unreadable = coverage.skipped.filter((file) => file.reason === 'unreadable').length;
  const lost = coverage.damaged.filter((file) => !file.kept).length + unreadable;
  const { internal, unresolved } = coverage.imports;
  if (coverage.parsed === 0) return [lost === 0 ? 'No JavaScript or TypeScript file was found.' : `None of ${lost} files could be parsed.`];
  const tried = coverage.parsed + lost;
  const imports = internal + unresolved.length;
  const reasons: string[] = [];
  if (lost > tried * MOST_UNPARSED) reasons.push(`${lost} of ${tried} files could not be parsed (more than ${percent(MOST_UNPARSED)}).`);
  if (unresolved.length > imports * MOST_UNRESOLVED) {
    const share = percent(MOST_UNRESOLVED);
    reasons.push(`${unresolved.length} of ${imports} imports within the project could not be resolved (more than ${share}): is a tsconfig missing?`);
  }
  return reasons;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Exit code of a run: 2 before 3 before 1 before 0. */
export function exitCodeOf(result: Pick<CheckResult, 'findings' | 'ruleErrors'>, notChecked: readonly string[]): number {
  if (result.ruleErrors.length > 0) return EXIT.usage;
  if (notChecked.length > 0) return EXIT.notChecked;
  return result.findings.length > 0 ? EXIT.findings : EXIT.clean;
}
