import { CRUD_VERBS, isPlainSegment, segmentsOf, wordsOf } from './path-words.ts';
import { defineView, type Project } from './project.ts';
import { routes, type Route } from './routes.ts';

/** A part of an API whose paths name procedures instead of resources. */
interface RpcBase {
  readonly label: string;
  readonly procedures: number;
  readonly paths: number;
}

/** Fewer procedures than this are exceptions, not a style. */
const MIN_PROCEDURES = 5;
const CLEAR_MAJORITY = 0.7;

/** Bases below which the paths name procedures, by key of `baseKey`. */
const rpcBases = defineView((project): ReadonlyMap<string, RpcBase> => {
  const bases = new Map<string, { readonly label: string; readonly procedures: Set<string>; readonly paths: Set<string> }>();
  for (const route of routes(project)) {
    if (route.kind === 'procedure' || route.file.role !== 'source') continue;
    const segments = segmentsOf(route.path);
    segments.forEach((segment, index) => {
      const parent = segments.slice(0, index);
      const key = baseKey(route, parent);
      const base = bases.get(key) ?? { label: `/${parent.join('/')}`, procedures: new Set(), paths: new Set() };
      bases.set(key, base);
      base.paths.add(route.path);
      if (route.kind === 'rpc' ? index === segments.length - 1 : isProcedureName(segment)) base.procedures.add(route.path);
    });
  }
  const found = new Map<string, RpcBase>();
  for (const [key, { label, procedures, paths }] of bases) {
    if (procedures.size >= MIN_PROCEDURES && procedures.size >= CLEAR_MAJORITY * paths.size)
      {found.set(key, { label, procedures: procedures.size, paths: paths.size });}
  }
  return found;
});

function baseKey(route: Route, parent: readonly string[]): string {
  return `${route.file.package.folder} ${parent.join('/')}`;
}

/** `listUsers`, `CreateIndex`, `get_user`: a verb and what it is done to. */
function isProcedureName(segment: string): boolean {
  if (!isPlainSegment(segment)) return false;
  const words = wordsOf(segment);
  return words.length > 1 && (Object.hasOwn(CRUD_VERBS, words[0] ?? '') || /^[A-Z][a-z]+(?:[A-Z][a-z]+)+$/.test(segment));
}

/** Whether a route stands where paths name procedures by design. */
export function isRpcStyle(project: Project, route: Route): boolean {
  if (route.kind === 'rpc' || route.kind === 'procedure') return true;
  const bases = rpcBases(project);
  const segments = segmentsOf(route.path);
  return bases.size > 0 && segments.some((_segment, index) => bases.has(baseKey(route, segments.slice(0, index))));
}

/** One line for each part of an API that is left alone because its paths name procedures. */
export function rpcNotes(project: Project): readonly string[] {
  const bases = [...rpcBases(project)];
  return bases
    .filter(([key]) => !bases.some(([other]) => other !== key && (other.endsWith(' ') ? key.startsWith(other) : key.startsWith(`${other}/`))))
    .map(([, { label, procedures, paths }]) => `${label}: ${procedures} of ${paths} paths name procedures, so the rules about resource names report nothing there.`);
}
