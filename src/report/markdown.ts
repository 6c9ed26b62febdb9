import { RULE_PREFIX } from '../findings/directives.ts';
import { wordTrail } from '../findings/messages.ts';
import type { Finding } from '../findings/types.ts';
import { groupBy } from '../migrations/migration-files.ts';
import { coverageLines } from './coverage-summary.ts';
import { migrationLines } from './migration-summary.ts';
import { wordRuleErrors } from './rule-errors.ts';
import { count, judgesSource, type RunReport } from './run-report.ts';

/** A comment on GitHub may have 65,536 characters; the end says what is missing. */
const MOST_CHARACTERS = 60_000;
const MOST_RELATED = 10;

/** The run as a comment on a pull request: what was found by rule, then by file, with the safe way, then what was looked at. */
export function markdown(run: RunReport): string {
  const { findings, ruleErrors, judged } = run.result;
  const files = groupBy(findings, ({ path }) => path);
  const head = [
    `### ${verdict(run, files.size)}`,
    ...run.notChecked.map((reason) => `**Not checked:** ${escapeText(reason)}`),
    ...wordRuleErrors(ruleErrors).map((line) => `**${escapeText(line)}**`),
    ...(findings.length > 0 ? [summaryTable(findings)] : []),
  ];
  const sources = judgesSource(run) ? coverageLines(run.coverage, judged.length) : [];
  const coverage = [...sources, ...(run.migrations ? migrationLines(run.migrations) : []), ...run.notes];
  const foot = details('What was looked at', coverage.map((line) => `- ${escapeText(line)}`).join('\n'));
  const blocks = [...files].flatMap(([path, group]) => [`#### ${code(path)}`, ...group.map(findingBlock)]);
  return `${[...head, ...fitting(blocks, MOST_CHARACTERS - [...head, foot].join('').length), foot].join('\n\n')}\n`;
}

function verdict({ result, notChecked }: RunReport, files: number): string {
  if (result.findings.length > 0) return `❌ ${count(result.findings.length, 'finding')} in ${count(files, 'file')}`;
  return notChecked.length > 0 || result.ruleErrors.length > 0 ? '❌ Not checked' : '✅ No findings';
}

function summaryTable(findings: readonly Finding[]): string {
  const rows = [...groupBy(findings, ({ rule }) => rule)].sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
  return ['| Rule | Findings | Files |', '|---|--:|--:|', ...rows.map(([rule, group]) => `| \`${RULE_PREFIX}${rule}\` | ${group.length} | ${new Set(group.map(({ path }) => path)).size} |`)].join('\n');
}

function findingBlock({ line, column, message, rule, confidence, trail, related = [], plan }: Finding): string {
  const doubt = confidence === 'low' ? ' _(low confidence)_' : '';
  const way = trail.length > 1 ? `\n  ${escapeText(wordTrail(trail))}` : '';
  const places = related.slice(0, MOST_RELATED).map((place) => `\n  ${code(`${place.path}:${place.line}`)} ${escapeText(place.label)}`);
  if (related.length > MOST_RELATED) places.push(`\n  and ${related.length - MOST_RELATED} more`);
  const safe = plan === undefined ? '' : `\n\n${indent(details('The safe way', fenced(plan)))}`;
  return `- **${line}:${column}** ${escapeText(message)}${doubt} \`${RULE_PREFIX}${rule}\`${way}${places.join('')}${safe}`;
}

function fitting(blocks: readonly string[], room: number): string[] {
  const fit: string[] = [];
  let used = 0;
  for (const [index, block] of blocks.entries()) {
    used += block.length + 2;
    if (used > room) return [...fit, `_${blocks.slice(index).filter((left) => left.startsWith('- ')).length} more findings do not fit into this comment._`];
    fit.push(block);
  }
  return fit;
}

function details(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}

function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}sql\n${text.trimEnd()}\n${fence}`;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function code(text: string): string {
  return text.includes('`') ? escapeMarks(text) : `\`${text}\``;
}

/** Messages hold code between backticks; what stands outside is plain text. */
function escapeText(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return escapeMarks(text);
  return parts.map((part, index) => (index % 2 === 0 ? escapeMarks(part) : part.trim() === '' ? part : `\`${part}\``)).join('');
}

function escapeMarks(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|~@]/g, (mark) => (mark === '<' ? '&lt;' : mark === '@' ? '@\u200B' : `\\${mark}`));
}
