import { createHash } from 'node:crypto';
import { coverageSection } from './html-coverage.ts';
import { findingsSection } from './html-findings.ts';
import { layersSection } from './html-layers.ts';
import { migrationsSection } from './html-migrations.ts';
import { routesSection } from './html-routes.ts';
import { PAGE_STYLE } from './html-style.ts';
import { markup, Markup } from './markup.ts';
import type { PageData } from './page-data.ts';
import { wordRuleErrors } from './rule-errors.ts';
import { count } from './run-report.ts';

const SECTIONS: readonly { readonly id: string; readonly title: string; readonly body: (data: PageData) => Markup }[] = [
  { id: 'findings', title: 'Findings', body: findingsSection },
  { id: 'routes', title: 'Routes', body: routesSection },
  { id: 'layers', title: 'Layers', body: layersSection },
  { id: 'migrations', title: 'Migrations', body: migrationsSection },
  { id: 'coverage', title: 'Coverage', body: coverageSection },
];

/** The run as one HTML page that needs nothing else: no scripts, no network, the same bytes for the same project. */
export function html(data: PageData): string {
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${styleHash()}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${data.name}: backend patterns</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header><h1>${data.name}</h1>${verdict(data)}</header>
<nav aria-label="Sections"><ul>${SECTIONS.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${SECTIONS.map(({ id, title, body }) => markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body(data)}
</section>
`)}</main>
<footer>${data.run.tool.name} ${data.run.tool.version}, preset “${data.run.presets.join(', ')}”.</footer>
</body>
</html>
`;
  return page.html;
}

/** The only style that the page may have is its own. */
function styleHash(): string {
  return `sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}`;
}

function verdict({ run, routes }: PageData): Markup {
  const { findings, judged } = run.result;
  const files = new Set(findings.map((finding) => finding.path)).size;
  const tone = run.notChecked.length > 0 || run.result.ruleErrors.length > 0 ? 'doubt' : 'good';
  const sentence = findings.length === 0
    ? markup`<span class="${tone}">No findings</span> in ${count(judged.length, 'file')}.`
    : markup`<span class="bad">${count(findings.length, 'finding')}</span> in ${count(files, 'file')} of ${judged.length}.`;
  return markup`<p>${sentence}</p>
${wordRuleErrors(run.result.ruleErrors).map((line) => markup`<p class="warning">${line}</p>`)}
${run.notChecked.map((reason) => markup`<p class="warning"><b>Not checked.</b> ${reason}</p>`)}
<ul class="verdict">
<li><b>${findings.length}</b>findings</li><li><b>${judged.length}</b>files judged</li><li><b>${routes.length}</b>routes</li>
<li><b>${run.migrations?.files.length ?? 0}</b>migrations</li><li><b>${run.result.silenced.length}</b>silenced</li>
</ul>`;
}
