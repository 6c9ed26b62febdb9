import { markup, type Markup } from './markup.ts';
import type { PageData, RouteRow } from './page-data.ts';
import { count } from './run-report.ts';

/** Routes with the way from the handler to the tables. */
export function routesSection({ routes }: PageData): Markup {
  if (routes.length === 0) return markup`<p>No routes were found.</p>`;
  const traced = routes.filter((route) => route.chains.length > 0).length;
  return markup`<div class="scroll" tabindex="0"><table><caption>${count(routes.length, 'route')}; ${traced} with a way to a table</caption>
<thead><tr><th scope="col">Method</th><th scope="col">Path</th><th scope="col">Handler</th><th scope="col">Way to the tables</th></tr></thead><tbody>
${routes.map(routeRow)}</tbody></table></div>`;
}

function routeRow(route: RouteRow): Markup {
  const { method, path, middleware } = route;
  const before = middleware.length > 0 && markup`<br><span class="soft">after ${middleware.join(', ')}</span>`;
  return markup`<tr><td><b>${method}</b></td><td><code>${path}</code>${before}</td>
<td>${route.handler ?? markup`<span class="doubt">not traced</span>`}<br><span class="soft">${route.place}</span></td>
<td>${route.chains.length === 0 ? markup`<span class="soft">none found</span>` : route.chains.map(chain)}</td></tr>
`;
}

function chain(steps: readonly string[]): Markup {
  const words = steps.map((step, index) => markup`${index > 0 && ' → '}${index === steps.length - 1 ? markup`<b>${step}</b>` : step}`);
  return markup`<div class="chain">${words}</div>`;
}
