import type { BindingFact } from '../facts/types.ts';
import type { StyleName } from '../settings/settings.ts';
import { calledFunctions } from './calls.ts';
import { worksForHandler } from './handlers.ts';
import { layerOf } from './layers.ts';
import type { Layer } from './layer-names.ts';
import type { FunctionRef } from './origins.ts';
import { defineView, type Project } from './project.ts';
import { queriesReachedBy, type ReachedQuery } from './reach.ts';
import { routes, type Route } from './routes.ts';
import type { PackageUnit, SourceFile } from './types.ts';

/** Where the first query of a route stands: in the handler, or below it in functions, a service, a repository. */
export type RouteWay = 'handler' | 'function' | 'service' | 'repository' | 'service-repository';

export interface TracedRoute {
  readonly route: Route;
  readonly way: RouteWay;
  /** The file below the handler's that is entered first, when it holds a single exported function. */
  readonly function?: SourceFile;
}

export interface Style {
  /** `mixed`: no clear majority, so nothing that depends on style is judged. */
  readonly name: StyleName | 'mixed';
  readonly pinned: boolean;
  /** In a sentence, with numbers. */
  readonly evidence: string;
  readonly counts: Readonly<Record<RouteWay, number>>;
  /** Routes that don't do as the others do. */
  readonly exceptions: readonly TracedRoute[];
}

/** Fewer traced routes than this show no majority. */
const MIN_ROUTES = 10;
const CLEAR_MAJORITY = 0.8;
/** More handlers than this that do otherwise are no exceptions but a second style. */
const MAX_EXCEPTIONS = 50;

/** Routes of which a query is known, by package. */
export const tracedRoutes = defineView((project): ReadonlyMap<PackageUnit, readonly TracedRoute[]> => {
  const table = new Map<PackageUnit, TracedRoute[]>();
  const seen = new Set<string>();
  for (const route of routes(project)) {
    const { handler } = route;
    if (!handler || handler.file.role !== 'source') continue;
    const key = `${handler.file.path}#${handler.function}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const reached = queriesReachedBy(project, handler);
    const way = wayOf(project, handler, reached);
    if (!way) continue;
    const unit = handler.file.package;
    const single = way === 'function' ? reached.map((each) => singleFunctionFile(project, handler, each)).find((file) => file) : undefined;
    table.set(unit, [...(table.get(unit) ?? []), single ? { route, way, function: single } : { route, way }]);
  }
  return table;
});

/** The handler counts as soon as one of its queries stands in it or in a helper beside it. */
function wayOf(project: Project, handler: FunctionRef, reached: readonly ReachedQuery[]): RouteWay | undefined {
  if (reached.length === 0) return undefined;
  const ways = reached.map((each) => layersOnTheWay(project, handler, each));
  if (ways.some((layers) => layers === 'handler')) return 'handler';
  const [shortest] = ways;
  if (!shortest || shortest === 'handler') return undefined;
  const hasService = shortest.includes('service');
  if (shortest.includes('repository')) return hasService ? 'service-repository' : 'repository';
  return hasService ? 'service' : 'function';
}

function layersOnTheWay(project: Project, handler: FunctionRef, { query, trail }: ReachedQuery): readonly Layer[] | 'handler' {
  const entered = trail.flatMap((site) => calledFunctions(project.linker, site.file, site.value).slice(0, 1));
  const outside = entered.filter((ref) => !worksForHandler(project, handler, ref));
  if (outside.length === 0 && (trail.length === 0 || query.file === handler.file)) return 'handler';
  return outside.map((ref) => {
    const { layer, confidence } = layerOf(project, ref.file);
    return confidence === 'high' ? layer : 'other';
  });
}

function singleFunctionFile(project: Project, handler: FunctionRef, { trail }: ReachedQuery): SourceFile | undefined {
  const entered = trail.flatMap((site) => calledFunctions(project.linker, site.file, site.value)).find((ref) => ref.file !== handler.file);
  const { exports, bindings } = entered?.file.facts ?? { exports: [], bindings: [] };
  const functions = exports.filter((fact) => fact.value !== undefined || holdsFunction(entered?.file, bindings[fact.binding ?? -1]));
  return functions.length === 1 ? entered?.file : undefined;
}

function holdsFunction(file: SourceFile | undefined, binding: BindingFact | undefined): boolean {
  return binding !== undefined && (binding.function !== undefined || file?.facts.values[binding.value ?? -1]?.kind === 'function');
}

const noRoutes: readonly TracedRoute[] = [];

/** The style that a package keeps, from where its routes send their first query; the document's where that cannot be known. */
export function styleOf(project: Project, unit: PackageUnit): Style {
  const memo = styles(project);
  const known = memo.get(unit);
  if (known) return known;
  const found = findStyle(project, unit);
  memo.set(unit, found);
  return found;
}

const styles = defineView(() => new Map<PackageUnit, Style>());

function findStyle(project: Project, unit: PackageUnit): Style {
  const own = tracedRoutes(project).get(unit) ?? noRoutes;
  const { style } = project.settingsOf(unit);
  if (style) return { ...judged(style, own), pinned: true, evidence: `pinned in the settings; ${wording(own)}` };
  if (own.length >= MIN_ROUTES) return majority(own);
  // A small package does as the rest of the project does.
  const all = [...tracedRoutes(project).values()].flat();
  if (all.length >= MIN_ROUTES) {
    const { name } = majority(all);
    return { ...judged(name, own), pinned: false, evidence: `too few routes to tell (${wording(own)}); taken from the whole project` };
  }
  return fewRoutes(all, own);
}

function majority(traced: readonly TracedRoute[]): Style {
  const below = traced.filter(({ way }) => way !== 'handler');
  const isClear = (count: number, of: number): boolean => of > 0 && count >= CLEAR_MAJORITY * of;
  const name = (): Style['name'] => {
    if (isClear(traced.length - below.length, traced.length)) return 'handler-orm';
    if (!isClear(below.length, traced.length) || traced.length - below.length > MAX_EXCEPTIONS) return 'mixed';
    if (isClear(below.filter(({ way }) => way === 'service-repository').length, below.length)) return 'handler-service-repository';
    return isClear(below.filter((each) => each.function).length, below.length) ? 'function-per-file' : 'handler-service';
  };
  return { ...judged(name(), traced), pinned: false, evidence: wording(traced) };
}

/** With a handful of routes, those that go through a service or repository set the style; else the document's layers hold. */
function fewRoutes(all: readonly TracedRoute[], own: readonly TracedRoute[]): Style {
  const through = (way: RouteWay): number => all.filter((each) => each.way === way).length;
  const layered = through('service') + through('service-repository') + through('repository') + through('function');
  const name = through('service') > through('service-repository') ? 'handler-service' : 'handler-service-repository';
  const why = layered > 0 ? `few routes: ${wording(own)}` : 'too few routes to tell; the layers of the document hold';
  return { ...judged(name, own), pinned: false, evidence: why };
}

function judged(name: Style['name'], traced: readonly TracedRoute[]): Pick<Style, 'name' | 'counts' | 'exceptions'> {
  const counts: Record<RouteWay, number> = { handler: 0, function: 0, service: 0, repository: 0, 'service-repository': 0 };
  for (const { way } of traced) counts[way]++;
  const exceptions = name === 'mixed' ? [] : traced.filter(({ way }) => (way === 'handler') !== (name === 'handler-orm'));
  return { name, counts, exceptions };
}

const SAYS: readonly (readonly [RouteWay, string])[] = [
  ['service-repository', 'go handler → service → repository'],
  ['service', 'go handler → service → ORM'],
  ['repository', 'go handler → repository'],
  ['function', 'go handler → function → ORM'],
  ['handler', 'call the ORM in the handler'],
];

function wording(traced: readonly TracedRoute[]): string {
  const parts = SAYS.flatMap(([way, text]) => {
    const count = traced.filter((each) => each.way === way).length;
    return count > 0 ? [`${count} ${text}`] : [];
  });
  return `${traced.length} traced route${traced.length === 1 ? '' : 's'}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}

/** Whether handlers of a package are expected to leave data access to a layer below them. */
export function hasLayerBelowHandlers(project: Project, unit: PackageUnit): boolean {
  const { name } = styleOf(project, unit);
  return name !== 'mixed' && name !== 'handler-orm';
}

/** What the run says where style keeps rules from judging: a line for each package with a style of its own, one for all small ones. */
export function styleNotes(project: Project): readonly string[] {
  const silent = [...tracedRoutes(project)].filter(([unit]) => !hasLayerBelowHandlers(project, unit));
  const notes = silent.flatMap(([unit, traced]) => {
    const { name, evidence, pinned } = styleOf(project, unit);
    if (traced.length < MIN_ROUTES && !pinned) return [];
    const why = name === 'mixed' ? 'handlers call the ORM here and not there' : 'handlers call the ORM as a rule';
    return [`${nameOf(unit)}: ${why} (${evidence}), so no-db-in-handler reports nothing there. Pin "style" in backend-patterns.config.json to hold it to one.`];
  });
  const small = silent.filter(([unit, traced]) => traced.length < MIN_ROUTES && !styleOf(project, unit).pinned).map(([unit]) => nameOf(unit));
  return small.length === 0
    ? notes
    : [...notes, `${small.join(', ')}: too few routes to show a style; the whole project's holds, so no-db-in-handler reports nothing there.`];
}

function nameOf(unit: PackageUnit): string {
  return unit.name ?? (unit.folder || 'The project');
}
