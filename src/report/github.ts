import { RULE_PREFIX } from '../findings/directives.ts';
import { placesSuffix } from '../findings/messages.ts';
import type { Finding } from '../findings/types.ts';
import { wordRuleErrors } from './rule-errors.ts';
import { count, type RunReport } from './run-report.ts';

/** GitHub shows ten annotations of a kind for a step, and says nothing of the others. */
const MOST_OF_A_KIND = 10;

type Kind = 'error' | 'warning';

/**
 * The run as workflow commands of GitHub Actions; what GitHub would not annotate stands in the log.
 * @param prefix Folder of the project within the repository, `''` or ending in a slash.
 */
export function github(run: RunReport, prefix = ''): string {
  const { findings, ruleErrors } = run.result;
  const annotations = [
    ...[...run.notChecked, ...wordRuleErrors(ruleErrors)].map((text) => ({ kind: 'error' as Kind, line: `::error::${escapeData(text)}`, text })),
    ...findings.map((finding) => annotationOf(finding, prefix)),
    ...(run.migrations?.files ?? []).flatMap(({ path, analysed, notAnalysed }) =>
      analysed ? notAnalysed.map(({ line, reason }) => command('warning', prefix + path, line === undefined ? {} : { line }, 'Not analysed', reason)) : [],
    ),
  ];
  const counts: Record<Kind, number> = { error: 0, warning: 0 };
  const shown: string[] = [];
  const others: string[] = [];
  for (const { kind, line, text } of annotations) {
    counts[kind] += 1;
    if (counts[kind] <= MOST_OF_A_KIND) shown.push(line);
    else others.push(text.replaceAll(/\r?\n/g, ' '));
  }
  const files = new Set(findings.map(({ path }) => path)).size;
  const total = findings.length === 0 ? 'No findings.' : `${count(findings.length, 'finding')} in ${count(files, 'file')}.`;
  const rest = others.length === 0 ? [] : [`::group::${others.length} more, which GitHub does not annotate (${MOST_OF_A_KIND} of a kind for a step)`, ...others, '::endgroup::'];
  return `${[...shown, ...rest, total].join('\n')}\n`;
}

interface Annotation {
  readonly kind: Kind;
  readonly line: string;
  readonly text: string;
}

function annotationOf(finding: Finding, prefix: string): Annotation {
  const kind = finding.confidence === 'low' ? 'warning' : 'error';
  const { message, trail, related } = finding;
  return command(kind, prefix + finding.path, finding, RULE_PREFIX + finding.rule, message + placesSuffix(trail, related, message));
}

function command(kind: Kind, file: string, place: Partial<Pick<Finding, 'line' | 'column' | 'endLine' | 'endColumn'>>, title: string, message: string): Annotation {
  const { line, column, endLine, endColumn } = place;
  // Columns are refused where an annotation spans lines.
  const columns = line === endLine ? { col: column, endColumn } : {};
  const properties = Object.entries({ file, line, endLine, ...columns, title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  const at = line === undefined ? file : `${file}:${line}${column === undefined ? '' : `:${column}`}`;
  return { kind, line: `::${kind} ${properties.join(',')}::${escapeData(message)}`, text: `${at} ${message} (${title})` };
}

/** As in the toolkit of GitHub Actions. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
