import type { RuleError } from '../findings/check.ts';

/** Rules that failed, each kind of failure once, with the first file and how many more. */
export function wordRuleErrors(errors: readonly RuleError[]): string[] {
  const groups = new Map<string, RuleError[]>();
  for (const error of errors) {
    const key = `${error.rule}\0${error.message}`;
    groups.set(key, [...(groups.get(key) ?? []), error]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const others = more.length > 0 ? ` and ${more.length} more` : '';
    return [`Rule "${first.rule}" failed on ${first.path}${others}: ${first.message}`];
  });
}
