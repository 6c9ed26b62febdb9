import type { Layer, LayerEvidence } from './layer-names.ts';

const words = (table: Readonly<Partial<Record<Layer, string>>>): ReadonlyMap<string, Layer> =>
  new Map(Object.entries(table).flatMap(([layer, names]) => names.split(' ').map((name) => [name, layer as Layer] as const)));

/** `orders.controller.ts`, `controller.ts`. */
const DOTTED = words({
  handler: 'controller controllers handler handlers resolver resolvers route routes router routers endpoint endpoints',
  service: 'service services usecase use-case interactor',
  repository: 'repository repositories repo dao queries',
  model: 'entity entities model models table tables',
  schema: 'dto dtos schema schemas validator validators validation',
  middleware: 'middleware middlewares guard interceptor filter pipe strategy',
  job: 'job jobs worker workers processor processors cron queue queues task tasks scheduler',
  event: 'event events listener listeners subscriber subscribers consumer',
  config: 'config env',
  shared: 'util utils helper helpers constant constants error errors exception exceptions mapper types type enum enums interface interfaces',
  view: 'component hook hooks presenter',
});

/** `order-service.ts`, `OrderService.ts`: only words that are hardly the name of a thing in the domain (`create-event.ts`). */
const JOINED = words({
  handler: 'controller resolver router',
  service: 'service usecase',
  repository: 'repository dao',
  model: 'entity',
  schema: 'dto validator',
  middleware: 'middleware interceptor',
  event: 'listener subscriber',
  job: 'worker processor task',
});

const FOLDERS = words({
  handler: 'controller controllers handler handlers resolver resolvers route routes router routers endpoint endpoints',
  service: 'service services usecase usecases use-case use-cases interactors',
  repository: 'repository repositories repos dal dao daos data-access queries',
  model: 'models model entities entity',
  schema: 'dto dtos schema schemas validators validation validations contracts',
  middleware: 'middleware middlewares guard guards interceptors filters pipes strategies',
  job: 'job jobs worker workers processors queues queue cron crons tasks',
  event: 'events listeners subscribers consumers',
  config: 'config configs configuration',
  shared: 'utils util helpers helper constants errors exceptions types typings interfaces enums mappers',
  view: 'components hooks presenters emails layouts stores styles client frontend mobile ui',
});

/** `get-service.ts` is about a service. */
const VERBS = /^(?:get|create|update|delete|remove|find|list|add|set|is|has|use|fetch|load|save|upsert|make|build|parse|handle|send)$/;
const ERROR_HANDLER = /^(?:(?:global|http|api|all)?[-_.]?)*(?:errors?|exceptions?)[-_.]?(?:handler|handling|filter|middleware)s?$/i;

/** Weight of a place that a framework gives a meaning. */
const FRAMEWORK = 5;

/** What the path of a file says (POSIX, relative to the root). At most one word of the name and one folder. */
export function pathEvidence(path: string): readonly LayerEvidence[] {
  const segments = path.split('/');
  const base = (segments.pop() ?? '').replace(/\.(?:d\.)?[cm]?[jt]sx?$/, '');
  const found: LayerEvidence[] = [];
  const named = nameEvidence(base, path);
  if (named) found.push(named);
  const folder = folderEvidence(segments);
  if (folder) found.push(folder);
  return reconciled(found);
}

function nameEvidence(base: string, path: string): LayerEvidence | undefined {
  if (ERROR_HANDLER.test(base)) return evidence('middleware', 3, `name \`${base}\``);
  if (/(?:^|\/)pages\/api\//.test(path)) return evidence('handler', FRAMEWORK, 'stands under `pages/api/`');
  if (/(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/.test(path)) return evidence('handler', FRAMEWORK, 'is a `route` file under `app/`');
  const dotted = base.split('.');
  const last = (dotted.at(-1) ?? '').toLowerCase();
  const layer = DOTTED.get(last);
  if (layer && dotted.length > 1) return evidence(layer, 3, `suffix \`.${last}\``);
  if (layer) return evidence(layer, 2, `name \`${last}\``);
  if (dotted.length > 1 && last === 'module') return evidence('other', 5, 'suffix `.module`');
  return joinedEvidence(dotted.at(-1) ?? '');
}

function joinedEvidence(base: string): LayerEvidence | undefined {
  const parts = base.split(/[-_]|(?<=[a-z0-9])(?=[A-Z])/);
  const last = (parts.at(-1) ?? '').toLowerCase();
  const layer = JOINED.get(last);
  if (!layer || parts.length < 2 || VERBS.test((parts[0] ?? '').toLowerCase())) return undefined;
  return evidence(layer, 3, `name ends with \`${last}\``);
}

/** The nearest folder that says something; the folder that holds the file says it louder. */
function folderEvidence(segments: readonly string[]): LayerEvidence | undefined {
  for (let index = segments.length - 1; index >= 0; index--) {
    const name = segments[index] ?? '';
    const layer = FOLDERS.get(name.toLowerCase());
    if (layer) return evidence(layer, index === segments.length - 1 ? 3 : 2, `folder \`${name}/\``);
  }
  return undefined;
}

/** `*.handler.ts` under jobs or events is a job or an event; `*.model.ts` keeps its name under `services/`. */
function reconciled(found: readonly LayerEvidence[]): readonly LayerEvidence[] {
  const [name, folder] = found;
  if (!name || !folder || name.layer === folder.layer) return found;
  if (name.weight === FRAMEWORK) return [name];
  if (folder.layer === 'job' || folder.layer === 'event') return name.layer === 'handler' ? [folder] : [{ ...name, weight: name.weight + 1 }];
  if (folder.layer === 'view') return [folder, { ...name, weight: 1 }];
  return [name.weight === 3 ? { ...name, weight: 4 } : name, { ...folder, weight: 1 }];
}

function evidence(layer: Layer, weight: number, text: string): LayerEvidence {
  return { layer, weight, source: 'path', text };
}
