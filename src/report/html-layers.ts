import { markup, prose, type Markup } from './markup.ts';
import type { PageData } from './page-data.ts';

const EXAMPLES = 3;

/** Style, and how many files stand in which layer and why. */
export function layersSection({ styles, layers, run }: PageData): Markup {
  const heading = [
    ...styles.map(({ unit, name, evidence }) => markup`<p>${unit}: <b>${name}</b>. ${prose(evidence)}.</p>\n`),
    ...run.notes.map((note) => markup`<p class="doubt">${prose(note)}</p>\n`),
  ];
  if (layers.length === 0) return markup`${heading}<p>No layers were recognised.</p>`;
  return markup`${heading}<div class="scroll" tabindex="0"><table>
<thead><tr><th scope="col">Layer</th><th scope="col">Files</th><th scope="col">Of these sure</th>
<th scope="col">Why, most often</th><th scope="col">For example</th></tr></thead><tbody>
${layers.map(
    ({ layer, files, sure, evidence }) => markup`<tr><td><b>${layer}</b></td><td class="number">${files.length}</td><td class="number">${sure}</td>
<td>${evidence}</td>
<td>${files.slice(0, EXAMPLES).map((file, index) => markup`${index > 0 && markup`<br>`}<code>${file}</code>`)}</td></tr>
`,
  )}</tbody></table></div>`;
}
