import { coverageLines } from './coverage-summary.ts';
import { markup, type Markup } from './markup.ts';
import type { PageData } from './page-data.ts';

/** What was seen and what was not. */
export function coverageSection({ run, routes }: PageData): Markup {
  const { coverage, result } = run;
  const untraced = routes.filter((route) => route.chains.length === 0);
  return markup`<ul>${coverageLines(coverage, result.judged.length).map((line) => markup`<li>${line}</li>`)}</ul>
${list('Files with syntax errors', coverage.damaged.map(({ path, line, message, kept }) => `${path}:${line} ${message}${kept ? ' (the rest was read)' : ''}`))}
${list('Files skipped', coverage.skipped.map(({ path, reason }) => `${path}: ${reason}`))}
${list('Imports within the project that could not be resolved', coverage.imports.unresolved.map(({ path, line, source }) => `${path}:${line} ${source}`))}
${list('Routes without a traced way to a table', untraced.map(({ method, path, place }) => `${method} ${path} (${place})`))}
${list('Rules that failed', result.ruleErrors.map(({ rule, path, message }) => `${rule} on ${path}: ${message}`))}
${list('Findings that were silenced', result.silenced.map(({ finding, reason }) => `${finding.path}:${finding.line} ${finding.rule}: ${reason}`))}`;
}

function list(title: string, entries: readonly string[]): Markup | false {
  if (entries.length === 0) return false;
  const items = entries.map((entry) => markup`<li><code>${entry}</code></li>`);
  return markup`<details><summary>${title} (${entries.length})</summary><ul>${items}</ul></details>`;
}
