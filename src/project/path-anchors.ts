import type { Span, ValueId } from '../facts/types.ts';
import type { Effect } from '../libraries/types.ts';
import { definitionOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import type { Site } from './origins.ts';
import { segmentsOf } from './path-words.ts';
import { defineView, type Project } from './project.ts';
import { meaningsOf } from './recognise.ts';
import { joinPaths } from './route-paths.ts';
import type { Route } from './routes.ts';
import type { SourceFile } from './types.ts';

/** The place where one segment of a route's path is written. */
export interface PathAnchor extends Span {
  readonly file: SourceFile;
  /** Whether the segment itself stands there; otherwise it is the registration of the route. */
  readonly exact: boolean;
}

/** A literal under which something is mounted. */
interface PrefixLiteral extends Site, Span {
  readonly segments: readonly string[];
}

const MOUNTING = new Set<Effect['kind']>(['mount', 'mounted', 'plugin', 'router', 'prefix', 'controllers', 'routePath']);
const PREFIX_KEYS = new Set(['prefix', 'path', 'routePrefix']);

const prefixLiterals = defineView((project): readonly PrefixLiteral[] => {
  const found: PrefixLiteral[] = [];
  for (const file of project.files.values()) {
    if (file.role !== 'source') continue;
    for (const value of file.facts.calls) {
      const fact = file.facts.values[value];
      if (fact?.kind !== 'call' && fact?.kind !== 'new') continue;
      const isMount = meaningsOf(project.linker, project.recogniser, { file, value }).some(({ spec }) => spec.effect && MOUNTING.has(spec.effect.kind));
      if (isMount) for (const arg of fact.args) found.push(...literalsAt(project, { file, value: arg }));
    }
  }
  return found;
});

/** A path literal at an argument, through constants, or under a key of an options object. */
function literalsAt(project: Project, site: Site): readonly PrefixLiteral[] {
  const at = definitionOf(project.linker, site);
  const fact = at.file.facts.values[at.value];
  if (fact?.kind === 'literal' && typeof fact.value === 'string') {
    const segments = segmentsOf(joinPaths(fact.value));
    return segments.length === 0 ? [] : [{ ...at, start: fact.start, end: fact.end, segments }];
  }
  if (fact?.kind !== 'object') return [];
  return fact.properties.flatMap((property) => (PREFIX_KEYS.has(property.key ?? '') ? literalsAt(project, { file: at.file, value: property.value }) : []));
}

/** Where the segment at an index of a route's joined path is written: in the route, at its controller, where its router is mounted; else the route itself. */
export function segmentAnchor(project: Project, route: Route, index: number): PathAnchor {
  const segments = segmentsOf(route.path);
  const segment = segments[index] ?? '';
  const own = segmentsOf(joinPaths(route.ownPath)).length;
  if (index >= segments.length - own) return ownAnchor(route, segment) ?? registration(route);
  const controller = controllerLiteral(project, route, segment);
  if (controller) return controller;
  const prefix = segments.slice(0, segments.length - own);
  const candidates = prefixLiterals(project).filter((literal) => literal.file.package === route.file.package && covers(prefix, literal.segments, index));
  const here = candidates.filter((literal) => literal.file === route.file);
  const [literal, ...others] = here.length > 0 ? here : candidates;
  return (literal && others.length === 0 && within(literal.file, literal, segment)) || registration(route);
}

function ownAnchor(route: Route, segment: string): PathAnchor | undefined {
  return route.ownPathSpan && within(route.file, route.ownPathSpan, segment);
}

/** The segment inside a literal. */
function within(file: SourceFile, span: Span, segment: string): PathAnchor | undefined {
  const text = file.text.slice(span.start, span.end);
  const at = text.search(new RegExp(`(?<![\\w:-])${segment.replace(/[^\w-]/g, '\\$&')}(?![\\w-])`));
  return at < 0 ? undefined : { file, start: span.start + at, end: span.start + at + segment.length, exact: true };
}

/** Whether a literal's segments stand in a prefix so that they take in the one at an index. */
function covers(prefix: readonly string[], literal: readonly string[], index: number): boolean {
  return prefix.some(
    (_each, start) => start <= index && index < start + literal.length && literal.every((segment, offset) => prefix[start + offset] === segment),
  );
}

function controllerLiteral(project: Project, route: Route, segment: string): PathAnchor | undefined {
  const { controller } = route;
  const owner = controller && controller.file.facts.classes[controller.class];
  for (const decorator of owner?.decorators ?? []) {
    const fact = controller?.file.facts.values[decorator];
    if (!controller || fact?.kind !== 'call') continue;
    for (const literal of fact.args.flatMap((arg: ValueId) => literalsAt(project, { file: controller.file, value: arg }))) {
      const found = literal.segments.includes(segment) ? within(literal.file, literal, segment) : undefined;
      if (found && evaluate(project.linker, controller.file, fact.callee).length > 0) return found;
    }
  }
  return undefined;
}

/** The own path, else the first line of the registration: the whole of a handler would be a long place. */
function registration(route: Route): PathAnchor {
  const { file, span, ownPathSpan } = route;
  if (ownPathSpan) return { file, start: ownPathSpan.start, end: ownPathSpan.end, exact: false };
  const line = file.text.slice(span.start, span.end).search(/\r?\n/);
  return { file, start: span.start, end: line < 0 ? span.end : span.start + line, exact: false };
}
