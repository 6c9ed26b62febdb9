import type { ValueId } from '../facts/types.ts';
import { LAYER_SIGNALS, VIEW_PACKAGES, type LayerSignal } from '../libraries/layer-signals.ts';
import { evaluate } from './evaluate.ts';
import { typeNames } from './evaluate-types.ts';
import { isHandler } from './handlers.ts';
import type { Layer, LayerEvidence } from './layer-names.ts';
import { stepsOf, type External, type Origin } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import { queriesOf } from './queries.ts';
import { meaningsOf } from './recognise.ts';
import { routesOf } from './routes.ts';
import type { SourceFile } from './types.ts';

/** More than a suffix, a folder and a class name together. */
const CERTAIN = 11;

/** What the text of a file says about its layer. */
export const contentEvidence = defineFileView((project, file): readonly LayerEvidence[] => [
  ...routeEvidence(project, file),
  ...signalEvidence(project, file),
  ...classNameEvidence(file),
  ...viewEvidence(project, file),
]);

/** Number of queries that a file sends; the calls of tests and migrations included. */
export function sentQueries(project: Project, file: SourceFile): number {
  return queriesOf(project, file).filter((query) => query.executed).length;
}

function routeEvidence(project: Project, file: SourceFile): readonly LayerEvidence[] {
  const registered = routesOf(project, file).length;
  if (registered > 0 && ENTRY.test(file.path) && composesApplication(project, file)) return [evidence('other', CERTAIN, 'puts the HTTP application together')];
  if (registered > 0) return [evidence('handler', 5, `registers ${counted(registered, 'route')}`)];
  if (composesApplication(project, file)) return [evidence('other', CERTAIN, 'puts the HTTP application together')];
  const handlers = file.facts.functions.filter((_fact, index) => isHandler(project, { file, function: index })).length;
  return handlers > 0 ? [evidence('handler', 3, `holds ${counted(handlers, 'function')} that answer${handlers === 1 ? 's' : ''} routes`)] : [];
}

/** Where an application starts; a route of its own there is a probe or a fallback. */
const ENTRY = /(?:^|\/)(?:main|server|app)\.[cm]?[jt]s$/;

const COMPOSING = new Set(['mount', 'mounted', 'plugin', 'pluginFolder', 'controllers']);

/** Mounts routers or middlewares on an application. */
function composesApplication(project: Project, file: SourceFile): boolean {
  return file.facts.calls.some((value) =>
    meaningsOf(project.linker, project.recogniser, { file, value }).some(({ spec }) => COMPOSING.has(spec.effect?.kind ?? '')),
  );
}

function signalEvidence(project: Project, file: SourceFile): readonly LayerEvidence[] {
  const found = new Map<Layer, LayerEvidence>();
  const add = (use: LayerSignal['use'], origins: readonly Origin[]): void => {
    for (const origin of origins) {
      if (origin.kind !== 'external') continue;
      const name = exportedName(origin, use === 'extends' ? 2 : 1);
      if (name === undefined) continue;
      const signal = LAYER_SIGNALS.find((each) => each.use === use && each.packages.test(origin.module) && each.names.includes(name));
      if (signal && !found.has(signal.layer)) found.set(signal.layer, evidence(signal.layer, weightOf(signal), SAYS[use](name || origin.module)));
    }
  };
  for (const declared of file.facts.classes) {
    for (const decorator of declared.decorators) add('decorator', evaluate(project.linker, file, calleeOf(file, decorator)));
    for (const type of declared.implements) add('implements', typeNames(project.linker, file, type));
    if (declared.extends !== undefined) add('extends', rootsOf(project, file, declared.extends));
  }
  for (const call of file.facts.calls) add('call', evaluate(project.linker, file, calleeOf(file, call)));
  return [...found.values()];
}

/** What a class is made of says more than its name: `PrismaService extends PrismaClient`. A client may be made in passing. */
function weightOf({ layer, use }: LayerSignal): number {
  if (use === 'extends' || layer === 'config') return CERTAIN;
  return layer === 'client' ? 3 : 5;
}

const SAYS: Readonly<Record<LayerSignal['use'], (name: string) => string>> = {
  decorator: (name) => `decorated with \`@${name}\``,
  implements: (name) => `implements \`${name}\``,
  extends: (name) => `extends \`${name}\``,
  call: (name) => `calls \`${name}\``,
};

function calleeOf(file: SourceFile, id: ValueId): ValueId {
  const fact = file.facts.values[id];
  return fact?.kind === 'call' || fact?.kind === 'new' ? fact.callee : id;
}

/** What a class extends in the end: the first classes that are not of the project. */
function rootsOf(project: Project, file: SourceFile, id: ValueId, depth = 0): readonly Origin[] {
  return evaluate(project.linker, file, id).flatMap((origin): readonly Origin[] => {
    const parent = origin.kind === 'class' ? origin.file.facts.classes[origin.class]?.extends : undefined;
    if (origin.kind !== 'class') return [origin];
    return parent === undefined || depth > 8 ? [] : rootsOf(project, origin.file, parent, depth + 1);
  });
}

/** The name that was taken from a package, at most so many steps before: `PassportStrategy` of `PassportStrategy(Strategy)`. Empty for the package itself. */
function exportedName(origin: External, steps: number): string | undefined {
  const taken = stepsOf(origin).filter((step) => step.kind !== 'extended');
  const [first] = taken;
  if (taken.length > steps) return undefined;
  if (first?.kind === 'get') return first.name;
  // `db('users')` calls what the package made, not the package.
  return first === undefined || steps > 1 ? '' : undefined;
}

const CLASS_NAMES: readonly (readonly [RegExp, Layer])[] = [
  [/Controller$|Resolver$/, 'handler'],
  [/Service$|UseCase$|Interactor$/, 'service'],
  [/Repository$|Dao$/i, 'repository'],
];

/** The classes that a file exports, when their names agree. */
function classNameEvidence(file: SourceFile): readonly LayerEvidence[] {
  const names = file.facts.classes.filter(({ binding }) => binding !== undefined && isExported(file, binding)).map(({ name }) => name ?? '');
  const layers = new Set(names.map((name) => CLASS_NAMES.find(([pattern]) => pattern.test(name))?.[1]));
  const [layer] = layers;
  return layers.size === 1 && layer ? [evidence(layer, 2, `class \`${names[0]}\``)] : [];
}

function isExported(file: SourceFile, binding: number): boolean {
  return file.facts.exports.some((fact) => fact.binding === binding);
}

/** What runs in a browser is a view whatever its name. A file that sends queries may well render mails. */
function viewEvidence(project: Project, file: SourceFile): readonly LayerEvidence[] {
  const { directives, imports, language } = file.facts;
  if (directives.includes('use client')) return [evidence('view', CERTAIN, 'runs in the browser (`use client`)')];
  const weight = sentQueries(project, file) > 0 || routesOf(project, file).length > 0 ? 1 : CERTAIN;
  const shown = imports.find((fact) => fact.use !== 'type' && fact.use !== 'elided' && VIEW_PACKAGES.test(fact.source));
  if (shown) return [evidence('view', weight, `imports \`${shown.source}\``)];
  return language === 'tsx' || language === 'jsx' ? [evidence('view', weight, `is written in ${language.toUpperCase()}`)] : [];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function evidence(layer: Layer, weight: number, text: string): LayerEvidence {
  return { layer, weight, source: 'content', text };
}
