import type { SilencedFinding } from '../findings/check.ts';
import { RULE_PREFIX } from '../findings/directives.ts';
import { wordTrail } from '../findings/messages.ts';
import type { Finding } from '../findings/types.ts';
import { groupBy } from '../migrations/migration-files.ts';
import { coverageLines } from './coverage-summary.ts';
import { migrationLines } from './migration-summary.ts';
import { wordRuleErrors } from './rule-errors.ts';
import { count, judgesSource, type Paint, type RunReport } from './run-report.ts';

/** The run for people at a terminal, in the manner of ESLint's `stylish`. */
export function stylish(run: RunReport, paint: Paint): string {
  const { findings, ruleErrors } = run.result;
  const blocks = [...groupBy(findings, ({ path }) => path)].map(([path, group]) => fileBlock(path, group, run.showsPlans, paint));
  const failures = wordRuleErrors(ruleErrors).map((line) => paint('red', line));
  return [...blocks, ...(failures.length > 0 ? [failures.join('\n')] : []), summary(run, paint)].join('\n\n') + '\n';
}

function fileBlock(path: string, findings: readonly Finding[], showsPlans: boolean, paint: Paint): string {
  const places = findings.map(({ line, column }) => `${line}:${column}`);
  const width = Math.max(...places.map((place) => place.length));
  const lines = findings.flatMap((finding, index) => {
    const place = paint('dim', (places[index] ?? '').padStart(width));
    const doubt = finding.confidence === 'low' ? ` ${paint('yellow', '(low confidence)')}` : '';
    const head = `  ${place}  ${finding.message}${doubt}  ${paint('dim', RULE_PREFIX + finding.rule)}`;
    const margin = ' '.repeat(width + 4);
    const trail = finding.trail.length > 1 ? [margin + paint('dim', wordTrail(finding.trail))] : [];
    const plan = showsPlans && finding.plan !== undefined ? finding.plan.trimEnd().split('\n').map((line) => `${margin}${paint('cyan', line)}`.trimEnd()) : [];
    return [head, ...trail, ...relatedLines(finding).map((line) => margin + paint('dim', line)), ...plan];
  });
  return [paint('underline', path), ...lines].join('\n');
}

/** More places than this are told by number; JSON has them all. */
const SHOWN_PLACES = 10;

function relatedLines({ related = [] }: Finding): string[] {
  const shown = related.slice(0, SHOWN_PLACES).map(({ path, line, column, label }) => `${path}:${line}:${column}  ${label}`);
  return related.length > SHOWN_PLACES ? [...shown, `… and ${related.length - SHOWN_PLACES} more`] : shown;
}

function summary(run: RunReport, paint: Paint): string {
  const { findings, silenced, judged } = run.result;
  const files = new Set(findings.map((finding) => finding.path)).size;
  const lines = [paint('bold', verdict(run, files, paint)) + wordSilenced(silenced)];
  if (judgesSource(run)) lines.push(...coverageLines(run.coverage, judged.length).map((line) => paint('dim', line)));
  if (run.migrations) lines.push(...migrationLines(run.migrations).map((line) => paint('dim', line)));
  lines.push(...run.notes.map((note) => paint('yellow', `Note: ${note}`)));
  for (const reason of run.notChecked) lines.push(paint('red', `Not checked: ${reason}`));
  return lines.join('\n');
}

/** Green only when everything was checked. */
function verdict({ result, notChecked }: RunReport, files: number, paint: Paint): string {
  const { findings, ruleErrors } = result;
  if (findings.length > 0) return paint('red', `✖ ${count(findings.length, 'finding')} in ${count(files, 'file')}`);
  if (ruleErrors.length > 0) return paint('red', `✖ ${count(new Set(ruleErrors.map((error) => error.rule)).size, 'rule')} failed`);
  return notChecked.length > 0 ? paint('red', '✖ Not checked') : paint('green', '✔ No findings');
}

function wordSilenced(silenced: readonly SilencedFinding[]): string {
  const by = (silencer: SilencedFinding['by']): number => silenced.filter((entry) => entry.by === silencer).length;
  const parts = [
    by('directive') > 0 && `${by('directive')} hidden by comments`,
    by('suppression') > 0 && `${by('suppression')} by eslint-suppressions.json`,
    by('confidence') > 0 && `${by('confidence')} of low confidence (see --preset ${strictPresets(silenced)})`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '.';
}

/** The presets that show what is hidden for its low confidence; migration rules have one of their own. */
function strictPresets(silenced: readonly SilencedFinding[]): string {
  const ids = silenced.filter(({ by }) => by === 'confidence').map(({ finding }) => finding.rule);
  const presets = new Set(ids.map((id) => (id.startsWith('migration-') ? 'migrations-strict' : 'strict')));
  return [...presets].sort().reverse().join(', ');
}
