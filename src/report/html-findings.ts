import { RULE_PREFIX } from '../findings/directives.ts';
import type { Finding } from '../findings/types.ts';
import { codeFrame, type FrameLine } from './code-frame.ts';
import { markup, prose, type Markup } from './markup.ts';
import type { PageData } from './page-data.ts';
import { count } from './run-report.ts';

/** Findings by file, each with its code. */
export function findingsSection({ run, textOf, descriptions }: PageData): Markup {
  const { findings } = run.result;
  if (findings.length === 0) return markup`<p class="good">No findings.</p>`;
  return markup`${ruleTable(findings, descriptions)}${[...byPath(findings)].map(
    ([path, group]) => markup`<h3><code>${path}</code></h3>${group.map((finding) => findingCard(finding, textOf(path) ?? ''))}`,
  )}`;
}

function byPath(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.path, [...(groups.get(finding.path) ?? []), finding]);
  return groups;
}

function ruleTable(findings: readonly Finding[], descriptions: ReadonlyMap<string, string>): Markup {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rows = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return markup`<div class="scroll" tabindex="0"><table>
<caption>${count(findings.length, 'finding')} of ${count(rows.length, 'rule')}</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">What it is about</th><th scope="col">Findings</th></tr></thead><tbody>
${rows.map(([rule, amount]) => ruleRow(rule, amount, descriptions.get(rule)))}</tbody></table></div>`;
}

function ruleRow(rule: string, amount: number, description: string | undefined): Markup {
  return markup`<tr><td><code>${RULE_PREFIX}${rule}</code></td><td>${description}.</td><td class="number">${amount}</td></tr>\n`;
}

function findingCard(finding: Finding, text: string): Markup {
  return markup`<article class="finding" id="f-${finding.fingerprint}-${finding.start}">
<p>${prose(finding.message)} ${finding.confidence === 'low' && markup`<span class="doubt">Low confidence.</span> `}
<span class="soft">${finding.line}:${finding.column} · ${RULE_PREFIX}${finding.rule}</span></p>
${finding.trail.length > 1 && trail(finding.trail)}${frame(codeFrame(text, finding))}</article>
`;
}

function trail(steps: Finding['trail']): Markup {
  return markup`<p class="trail">${steps.map((step, index) => markup`${index > 0 && ' → '}<code>${step.label}</code> (${step.path}:${step.line})`)}</p>\n`;
}

function frame(lines: readonly FrameLine[]): Markup {
  return markup`<pre class="frame" tabindex="0"><code>${lines.map(({ number, text, marked }) => {
    if (!marked) return markup`<span><i>${number}</i>${text}</span>`;
    return markup`<span><i>${number}</i>${text.slice(0, marked.from)}<mark>${text.slice(marked.from, marked.to) || ' '}</mark>${text.slice(marked.to)}</span>`;
  })}</code></pre>`;
}
