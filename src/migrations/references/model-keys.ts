import type { BindingId, CallFact, FileFacts, FunctionId, PropertyFact, ValueId } from '../../facts/types.ts';
import { evaluate } from '../../project/evaluate.ts';
import { callFact, programIndex } from '../../project/calls.ts';
import { definitionOf, objectAt, propertyOf } from '../../project/definitions.ts';
import { returnsOf } from '../../project/linker.ts';
import { functionKey, type Site } from '../../project/origins.ts';
import type { Project } from '../../project/project.ts';
import type { SourceFile } from '../../project/types.ts';
import type { Model } from '../../schema/model.ts';
import type { ModelIndex } from './model-index.ts';
import type { Use, UseCollector } from './use-table.ts';

/** What a walk over the arguments of queries needs. */
export interface KeyWalk {
  readonly project: Project;
  readonly models: ModelIndex;
  readonly uses: UseCollector;
  /** Places that were walked with a model before. */
  readonly seen: Set<string>;
}

/** What Prisma's methods take. */
const OPTIONS = new Set(['where', 'data', 'select', 'include', 'omit', 'orderBy', 'cursor', 'distinct', 'by', 'having', 'create', 'update']);

const MAX_DEPTH = 16;

/**
 * Finds the properties of a model that an argument of a query names: keys of objects, relations followed into their own models,
 * strings in lists. Names, constants and functions of ours that build the object are followed.
 * @param text What the query is called in messages.
 */
export function walkKeys(walk: KeyWalk, site: Site, model: Model, text: string, depth = 0): void {
  const { file, value } = site;
  const place = `${file.path}#${value} ${model.path} ${model.name}`;
  const fact = file.facts.values[value];
  if (!fact || depth > MAX_DEPTH || walk.seen.has(place)) return;
  walk.seen.add(place);
  const inner = (next: ValueId): void => walkKeys(walk, { file, value: next }, model, text, depth + 1);
  switch (fact.kind) {
    case 'object':
      return walkObject(walk, file, fact.properties, model, text, depth);
    case 'array':
      for (const item of fact.items) {
        addString(walk, file, item, model, text);
        inner(item);
      }
      return;
    case 'spread':
    case 'cast':
    case 'await':
      return inner(fact.value);
    case 'conditional':
      inner(fact.then);
      return inner(fact.else);
    case 'logical':
      inner(fact.left);
      return inner(fact.right);
    case 'function':
      addParameterMembers(walk, file, fact.function, model, text);
      for (const returned of returnsOf(file.facts, fact.function)) inner(returned);
      return;
    case 'call':
      return walkCall(walk, file, fact, model, text, depth);
    case 'param':
      for (const argument of argumentsOf(walk, file, fact.function, fact.index)) walkKeys(walk, argument, model, text, depth + 1);
      return;
    case 'name':
      return walkName(walk, file, fact.binding, value, model, text, depth);
    case 'member':
      for (const given of givenMembers(walk, file, fact.object, fact.property)) walkKeys(walk, given, model, text, depth + 1);
      return;
    default:
  }
}

/** What a function of ours gives back; what a library's is handed: `or(…)`, `fn('lower', col('email'))`, `rows.map((row) => ({ … }))`. */
function walkCall(walk: KeyWalk, file: SourceFile, call: CallFact, model: Model, text: string, depth: number): void {
  const own = evaluate(walk.project.linker, file, call.callee).filter((origin) => origin.kind === 'function');
  for (const origin of own) {
    for (const returned of returnsOf(origin.file.facts, origin.function)) walkKeys(walk, { file: origin.file, value: returned }, model, text, depth + 1);
  }
  if (own.length > 0) return;
  for (const arg of call.args) {
    if (model.library !== 'prisma') addString(walk, file, arg, model, text);
    walkKeys(walk, { file, value: arg }, model, text, depth + 1);
  }
}

/** What the callers of a function hand to it. */
function argumentsOf(walk: KeyWalk, file: SourceFile, id: FunctionId, index: number): Site[] {
  const callers = programIndex(walk.project.linker).callers.get(functionKey({ file, function: id })) ?? [];
  return callers.flatMap((site) => {
    const call = callFact(site.file, site.value);
    const value = call && call.kind !== 'tagged' ? call.args[index] : undefined;
    return value === undefined ? [] : [{ file: site.file, value }];
  });
}

/** What a member of a constant is, or of what callers hand over: `const { where } = params`. */
function givenMembers(walk: KeyWalk, file: SourceFile, object: ValueId, property: string): Site[] {
  const { linker } = walk.project;
  const { file: home, value } = definitionOf(linker, { file, value: object });
  const fact = home.facts.values[value];
  const owners = fact?.kind === 'param' ? argumentsOf(walk, home, fact.function, fact.index) : [{ file: home, value }];
  return owners.flatMap((owner) => {
    const literal = objectAt(linker, owner);
    const found = literal && propertyOf(literal, property);
    return literal && found ? [{ file: literal.file, value: found.value }] : [];
  });
}

function walkName(walk: KeyWalk, file: SourceFile, id: BindingId, value: ValueId, model: Model, text: string, depth: number): void {
  const binding = file.facts.bindings[id];
  if (binding?.import) {
    const definition = definitionOf(walk.project.linker, { file, value });
    if (definition.file !== file) walkKeys(walk, definition, model, text, depth + 1);
    return;
  }
  for (const written of [binding?.value, ...(binding?.writes ?? [])]) {
    if (written !== undefined) walkKeys(walk, { file, value: written }, model, text, depth + 1);
  }
  // `where.email = …`, of an object that is made here.
  if (file.facts.values[binding?.value ?? -1]?.kind !== 'object') return;
  for (const { property, start, assigned } of memberWrites(file.facts).get(id) ?? []) {
    addKey(walk, file, { key: property, start, end: start + property.length, value: assigned }, model, text, depth);
  }
}

function walkObject(walk: KeyWalk, file: SourceFile, properties: readonly PropertyFact[], model: Model, text: string, depth: number): void {
  const chosen = includedModel(walk, file, properties, model) ?? model;
  for (const property of properties) {
    if (property.spread || property.key === undefined) walkKeys(walk, { file, value: property.value }, chosen, text, depth + 1);
    else addKey(walk, file, { ...property, key: property.key }, chosen, text, depth);
  }
}

function addWholeRows({ uses }: KeyWalk, model: Model, place: Omit<Use, 'kind'>): void {
  uses.addSelectAll(model.table, { ...place, kind: 'selectAll', ...(model.schema === undefined ? {} : { schema: model.schema }) });
}

interface Key {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly value: ValueId;
}

function addKey(walk: KeyWalk, file: SourceFile, { key, start, end, value }: Key, model: Model, text: string, depth: number): void {
  const related = walk.models.related(model, key);
  const use = { path: file.path, start, end, kind: 'key' as const, text };
  // The outermost keys are options, also of a model that has a column `data`.
  if (model.library === 'prisma' && depth <= 1 && OPTIONS.has(key)) return walkKeys(walk, { file, value }, model, text, depth + 1);
  const isColumn = walk.uses.addProperty(model, key, use);
  if (related) {
    const fact = file.facts.values[value];
    // `include: { user: true }` selects whole rows of the other table.
    if (fact?.kind === 'literal' && fact.value === true) addWholeRows(walk, related, { path: file.path, start, end, text });
    walkKeys(walk, { file, value }, related, text, depth + 1);
  } else if (!isColumn) {
    // Sequelize: `'$team.name$'` names a column of an included model.
    const path = /^\$?([\w.]+)\$?$/.exec(key)?.[1]?.split('.') ?? [];
    if (path.length > 1) addPath(walk, path, model, use);
    walkKeys(walk, { file, value }, model, text, depth + 1);
  }
}

function addPath(walk: KeyWalk, path: readonly string[], model: Model, use: Parameters<UseCollector['addProperty']>[2]): void {
  const [first = '', ...rest] = path;
  const related = walk.models.related(model, first);
  if (rest.length === 0) walk.uses.addProperty(model, first, use);
  else if (related) addPath(walk, rest, related, use);
}

function addString(walk: KeyWalk, file: SourceFile, id: ValueId, model: Model, text: string): void {
  const fact = file.facts.values[id];
  if (fact?.kind !== 'literal' || typeof fact.value !== 'string') return;
  const path = fact.value.split('.');
  const use = { path: file.path, start: fact.start, end: fact.end, kind: 'key' as const, text };
  if (path.length > 1) addPath(walk, path, model, use);
  else walk.uses.addProperty(model, fact.value, use);
}

/** `{ model: Team, where: … }` of an include. */
function includedModel(walk: KeyWalk, file: SourceFile, properties: readonly PropertyFact[], model: Model): Model | undefined {
  if (model.library !== 'sequelize') return undefined;
  const named = properties.find(({ key }) => key === 'model');
  if (!named) return undefined;
  const origin = evaluate(walk.project.linker, file, named.value).find((each) => each.kind === 'class');
  return origin?.kind === 'class' ? walk.models.byClass.get(`${origin.file.path}#${origin.class}`) : undefined;
}

/** Members of the first parameter: `where: (users, { eq }) => eq(users.email, email)`. */
function addParameterMembers(walk: KeyWalk, file: SourceFile, id: FunctionId, model: Model, text: string): void {
  for (const { property, start } of parameterMembers(file.facts).get(id) ?? []) {
    walk.uses.addProperty(model, property, { path: file.path, start, end: start + property.length, kind: 'member', text });
  }
}

interface MemberAccess {
  readonly property: string;
  readonly start: number;
}

const memberTables = new WeakMap<FileFacts, ReadonlyMap<FunctionId, readonly MemberAccess[]>>();

function parameterMembers(facts: FileFacts): ReadonlyMap<FunctionId, readonly MemberAccess[]> {
  const known = memberTables.get(facts);
  if (known) return known;
  const built = new Map<FunctionId, MemberAccess[]>();
  for (const fact of facts.values) {
    if (fact.kind !== 'member') continue;
    const object = facts.values[fact.object];
    const value = object?.kind === 'name' ? facts.values[facts.bindings[object.binding]?.value ?? -1] : object;
    if (value?.kind !== 'param' || value.index !== 0) continue;
    const list = built.get(value.function) ?? [];
    list.push({ property: fact.property, start: fact.propertyStart });
    built.set(value.function, list);
  }
  memberTables.set(facts, built);
  return built;
}

const writeTables = new WeakMap<FileFacts, ReadonlyMap<BindingId, readonly (MemberAccess & { readonly assigned: ValueId })[]>>();

/** Assignments to members of a name, at any depth: `where.AND.email = x`. */
function memberWrites(facts: FileFacts): ReadonlyMap<BindingId, readonly (MemberAccess & { readonly assigned: ValueId })[]> {
  const known = writeTables.get(facts);
  if (known) return known;
  const built = new Map<BindingId, (MemberAccess & { readonly assigned: ValueId })[]>();
  for (const id of facts.assignments) {
    const fact = facts.values[id];
    const target = fact?.kind === 'assign' ? facts.values[fact.target] : undefined;
    if (fact?.kind !== 'assign' || target?.kind !== 'member') continue;
    let root = facts.values[target.object];
    while (root?.kind === 'member') root = facts.values[root.object];
    if (root?.kind !== 'name') continue;
    const list = built.get(root.binding) ?? [];
    list.push({ property: target.property, start: target.propertyStart, assigned: fact.value });
    built.set(root.binding, list);
  }
  writeTables.set(facts, built);
  return built;
}
