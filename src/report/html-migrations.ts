import { markup, type Markup } from './markup.ts';
import { migrationLines } from './migration-summary.ts';
import type { PageData } from './page-data.ts';
import type { MigrationRow } from './run-report.ts';

/** Migration files with what is unsafe in them; what is wrong in detail stands among the findings. */
export function migrationsSection({ run }: PageData): Markup {
  const files = run.migrations?.files ?? [];
  if (files.length === 0) return markup`<p>No migrations were found.</p>`;
  return markup`<ul>${migrationLines({ files }).map((line) => markup`<li>${line}</li>`)}</ul>
<div class="scroll" tabindex="0"><table>
<thead><tr><th scope="col">File</th><th scope="col">Tool</th><th scope="col">Statements</th>
<th scope="col">Findings</th><th scope="col">Not analysed</th></tr></thead><tbody>
${files.map(migrationRow)}</tbody></table></div>`;
}

function migrationRow(file: MigrationRow): Markup {
  const left = file.notAnalysed.map(({ line, reason }) => markup`<div>${line !== undefined && `line ${line}: `}${reason}</div>`);
  return markup`<tr><td><code>${file.path}</code></td><td>${file.tool}, ${file.dialect}</td><td class="number">${file.statements.length}</td>
<td class="number">${file.findings > 0 ? markup`<b class="bad">${file.findings}</b>` : '0'}</td><td>${left}</td></tr>
`;
}
