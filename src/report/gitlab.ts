import { RULE_PREFIX } from '../findings/directives.ts';
import { fingerprintIn } from '../findings/fingerprint.ts';
import { placesSuffix } from '../findings/messages.ts';
import type { RunReport } from './run-report.ts';

/**
 * The findings as a GitLab Code Quality report. It has no place for what was not checked: the command says that on standard error, and
 * by its exit code.
 * @param prefix Folder of the project within the repository, `''` or ending in a slash.
 */
export function gitlab(run: RunReport, prefix = ''): string {
  const issues = run.result.findings.map(({ rule, message, trail, related, confidence, fingerprint, path, line, endLine }) => ({
    description: message + placesSuffix(trail, related, message),
    check_name: RULE_PREFIX + rule,
    fingerprint: fingerprintIn(path, fingerprint),
    severity: confidence === 'low' ? 'minor' : 'major',
    location: { path: prefix + path, lines: { begin: line, end: endLine } },
  }));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
