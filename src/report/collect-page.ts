import { basename } from 'node:path';
import type { Rule } from '../findings/define-rule.ts';
import { judgedFiles } from '../findings/judged-files.ts';
import { schemaFiles } from '../findings/schema-file.ts';
import { lineStartsOf, placeAt } from '../findings/place.ts';
import { compareText } from '../findings/rule-selection.ts';
import { layerOf } from '../project/layers.ts';
import type { Project } from '../project/project.ts';
import { functionName, queriesReachedBy } from '../project/reach.ts';
import type { Route } from '../project/route.ts';
import { routes } from '../project/routes.ts';
import { styleOf, tracedRoutes } from '../project/style.ts';
import { trailSteps } from '../project/trails.ts';
import type { LayerRow, PageData, RouteRow } from './page-data.ts';
import type { RunReport } from './run-report.ts';

const MOST_CHAINS = 8;

/** Asks the project everything that the page shows. */
export function collectPage(project: Project, run: RunReport, rules: readonly Rule[]): PageData {
  const otherTexts = [...schemaFiles(project), ...(run.migrations ? judgedFiles(project, 'migrations') : [])];
  const texts = new Map(otherTexts.map((file) => [file.path, file]));
  return {
    name: project.packages.find((unit) => unit.folder === '')?.name ?? basename(project.root),
    run,
    routes: routes(project)
      .map((route) => routeRow(project, route))
      .sort((a, b) => compareText(a.path, b.path) || compareText(a.method, b.method) || compareText(a.place, b.place)),
    layers: layerRows(project),
    styles: [...tracedRoutes(project).keys()].map((unit) => {
      const { name, evidence } = styleOf(project, unit);
      return { unit: unit.name ?? (unit.folder || 'The project'), name, evidence };
    }),
    descriptions: new Map(rules.map((rule) => [rule.id, rule.docs.description])),
    textOf: (path) => (project.files.get(path) ?? texts.get(path))?.text,
  };
}

function routeRow(project: Project, route: Route): RouteRow {
  const { method, path, file, span, handler, middlewares } = route;
  const row = {
    method,
    path,
    place: `${file.path}:${placeAt(lineStartsOf(file.text), span.start).line}`,
    middleware: middlewares.map((middleware) => middleware.name),
    chains: handler ? chainsOf(project, handler) : [],
  };
  return handler ? { ...row, handler: functionName(handler.file, handler.function) } : row;
}

/** The ways from a handler to tables, each once, shortest first. */
function chainsOf(project: Project, handler: NonNullable<Route['handler']>): RouteRow['chains'] {
  const start = functionName(handler.file, handler.function);
  const chains = new Map<string, readonly string[]>();
  for (const way of queriesReachedBy(project, handler)) {
    const between = trailSteps(project, way).slice(0, -1).map((step) => step.label);
    const chain = [start, ...between, way.query.model ?? way.query.code];
    chains.set(chain.join('\0'), chain);
  }
  const all = [...chains.values()];
  return all.length <= MOST_CHAINS ? all : [...all.slice(0, MOST_CHAINS), [`and ${all.length - MOST_CHAINS} more`]];
}

function layerRows(project: Project): LayerRow[] {
  const rows = new Map<string, { files: string[]; sure: number; evidence: Map<string, number> }>();
  for (const file of judgedFiles(project, 'source')) {
    const { layer, confidence, evidence } = layerOf(project, file);
    const row = rows.get(layer) ?? { files: [], sure: 0, evidence: new Map<string, number>() };
    rows.set(layer, row);
    row.files.push(file.path);
    if (confidence === 'high') row.sure++;
    const [strongest] = evidence;
    if (strongest !== undefined) row.evidence.set(strongest, (row.evidence.get(strongest) ?? 0) + 1);
  }
  return [...rows]
    .map(([layer, { files, sure, evidence }]) => ({ layer, files, sure, evidence: mostFrequent(evidence) }))
    .sort((a, b) => b.files.length - a.files.length || compareText(a.layer, b.layer));
}

function mostFrequent(counts: ReadonlyMap<string, number>): string {
  return [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b))[0]?.[0] ?? '';
}
