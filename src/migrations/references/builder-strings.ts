import type { CallFact, ValueId } from '../../facts/types.ts';
import { definitionOf } from '../../project/definitions.ts';
import type { Site } from '../../project/origins.ts';
import type { Project } from '../../project/project.ts';
import type { Query } from '../../project/queries.ts';
import type { Model } from '../../schema/model.ts';
import type { ModelIndex } from './model-index.ts';
import type { Use, UseCollector } from './use-table.ts';

/** `users.email`, `"users"."email" as mail`, `email`. */
const COLUMN = /^\s*((?:["`]?\w+["`]?\.){0,2}["`]?\w+["`]?)(?:\s+(?:as\s+)?["`]?\w+["`]?)?\s*$/i;
const TABLE = /^\s*(?:["`]?\w+["`]?\.)?["`]?(\w+)["`]?(?:\s+(?:as\s+)?["`]?(\w+)["`]?)?\s*$/i;
const FROM = new Set(['selectFrom', 'from', 'into', 'table', 'insertInto', 'replaceInto', 'updateTable', 'deleteFrom', 'mergeInto', 'using']);
const SETTERS = new Set(['insert', 'update', 'set', 'values', 'where', 'andWhere', 'orWhere', 'whereNot', 'having', 'select', 'merge', 'first', 'doUpdateSet', 'returning']);
/** Functions whose first string is a value. */
const NO_COLUMNS = new Set(['as', 'raw', 'val', 'lit', 'literal', 'with', 'withRecursive', 'get', 'log', 'error', 'test', 'transaction', 'withSchema']);

/** Calls of a statement: those of its chain and those inside their arguments. */
function callsOf({ file, chain }: Query): readonly CallFact[] {
  const { values } = file.facts;
  const spans = chain.flatMap(({ args }) => args.flatMap((arg) => values[arg] ?? []));
  const own = new Set<ValueId>(chain.map(({ call }) => call));
  return file.facts.calls.flatMap((id) => {
    const fact = values[id];
    if (fact?.kind !== 'call') return [];
    return own.has(id) || spans.some(({ start, end }) => fact.start >= start && fact.end <= end) ? [fact] : [];
  });
}

function nameOf(query: Query, call: CallFact): string {
  const callee = query.file.facts.values[call.callee];
  if (callee?.kind === 'member') return callee.property;
  return callee?.kind === 'name' ? (query.file.facts.bindings[callee.binding]?.name ?? '') : '';
}

interface Text {
  readonly site: Site;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Strings of an argument: itself, the items of a list, of a constant list, what a function gives back. */
function stringsOf(project: Project, site: Site, depth = 0): Text[] {
  const definition = definitionOf(project.linker, site);
  const fact = definition.file.facts.values[definition.value];
  if (!fact || depth > 4) return [];
  if (fact.kind === 'literal') return typeof fact.value === 'string' ? [{ site: definition, text: fact.value, start: fact.start, end: fact.end }] : [];
  if (fact.kind === 'array') return fact.items.flatMap((value) => stringsOf(project, { file: definition.file, value }, depth + 1));
  if (fact.kind === 'spread') return stringsOf(project, { file: definition.file, value: fact.value }, depth + 1);
  return [];
}

/** Columns that a statement of Knex or Kysely names in strings and in keys of objects. */
export function collectBuilderStrings(project: Project, query: Query, models: ModelIndex, uses: UseCollector): void {
  const calls = callsOf(query).map((call) => ({ call, name: nameOf(query, call) }));
  const at = (value: ValueId): Site => ({ file: query.file, value });
  const aliases = new Map<string, string>();
  const tables = new Set<string>(query.model === undefined ? [] : [query.model]);
  const addTable = (value: ValueId | undefined): void => {
    for (const { text } of value === undefined ? [] : stringsOf(project, at(value))) {
      const [, table, alias] = TABLE.exec(text) ?? [];
      if (table === undefined) continue;
      tables.add(table);
      aliases.set(alias ?? table, table);
    }
  };
  for (const { call, name } of calls) if (FROM.has(name) || /join/i.test(name)) addTable(call.args[0]);
  if (query.model !== undefined) {
    aliases.set(query.model, query.model);
    const head = query.file.facts.values[query.head];
    if (head?.kind === 'call') addTable(head.args[0]);
  }
  for (const table of tables) uses.addTable(table, place(query, query.start, query.end, 'query'));
  const addColumn = ({ site, text, start, end }: Text): void => {
    const path = COLUMN.exec(text)?.[1]?.replace(/["`]/g, '').split('.') ?? [];
    const [qualifier, column] = [path.at(-2), path.at(-1)];
    if (column === undefined) return;
    const use: Use = { path: site.file.path, start, end, kind: 'builder', text: query.code };
    if (qualifier === undefined) for (const table of models.ownersOf([...tables], column)) uses.addColumn(table, column, use);
    else uses.addColumn(aliases.get(qualifier) ?? qualifier, column, use);
  };
  for (const { call, name } of calls) {
    if (NO_COLUMNS.has(name)) continue;
    const isJoin = /join/i.test(name);
    call.args.forEach((arg, index) => {
      if (isJoin ? index === 0 : FROM.has(name)) return;
      const many = /^(?:select|distinct|returning|groupBy|columns?|pluck|first|orderBy|onConflict|clearSelect|count|sum|max|min|avg)/.test(name);
      if (isJoin || index === 0 || many || (/ref$/i.test(name) && index === 2)) for (const text of stringsOf(project, at(arg))) addColumn(text);
      if (SETTERS.has(name)) for (const key of keysOf(project, at(arg))) addColumn(key);
    });
  }
  const selected = calls.filter(({ name }) => /^(?:select|column|returning|first|pluck|count|insert|update|del|values|set|max|min|sum)/.test(name) && name !== 'selectFrom');
  const everything = calls.some(({ name }) => name === 'selectAll' || name === 'returningAll');
  const plain = query.library === 'knex' && query.operation === 'read' && selected.every(({ call }) => call.args.length === 0);
  if (everything || plain) for (const table of tables) uses.addSelectAll(table, place(query, query.start, query.end, 'selectAll'));
}

function place({ file, code }: Query, start: number, end: number, kind: Use['kind']): Use {
  return { path: file.path, start, end, kind, text: code };
}

function keysOf(project: Project, site: Site, depth = 0): Text[] {
  const definition = definitionOf(project.linker, site);
  const fact = definition.file.facts.values[definition.value];
  if (!fact || depth > 4) return [];
  if (fact.kind === 'array') return fact.items.flatMap((value) => keysOf(project, { file: definition.file, value }, depth + 1));
  if (fact.kind === 'conditional') return [fact.then, fact.else].flatMap((value) => keysOf(project, { file: definition.file, value }, depth + 1));
  if (fact.kind === 'logical') return [fact.left, fact.right].flatMap((value) => keysOf(project, { file: definition.file, value }, depth + 1));
  if (fact.kind === 'spread' || fact.kind === 'cast') return keysOf(project, { file: definition.file, value: fact.value }, depth + 1);
  if (fact.kind !== 'object') return [];
  return fact.properties.flatMap(({ key, start, end, spread, value }) => {
    if (spread) return keysOf(project, { file: definition.file, value }, depth + 1);
    return key === undefined ? [] : [{ site: definition, text: key, start, end }];
  });
}

/** TypeORM's query builder: `createQueryBuilder('user').where('user.email = :email')`. */
export function collectAliasedStrings(query: Query, models: ModelIndex, root: Model, uses: UseCollector): void {
  const { values } = query.file.facts;
  const texts = query.chain.flatMap(({ name, args }) =>
    args.flatMap((arg) => {
      const fact = values[arg];
      const items = fact?.kind === 'array' ? fact.items.flatMap((item) => values[item] ?? []) : fact ? [fact] : [];
      return items.flatMap((item) => {
        if (item.kind === 'literal' && typeof item.value === 'string') return [{ name, start: item.start, end: item.end, text: item.value, second: args[1] }];
        return item.kind === 'template' ? [{ name, start: item.start, end: item.end, text: item.quasis.join('?'), second: args[1] }] : [];
      });
    }),
  );
  const aliases = new Map<string, Model>([[root.name, root]]);
  for (const { name, text, second } of texts) {
    if (name === 'createQueryBuilder') aliases.set(text, root);
    const alias = second === undefined ? undefined : values[second];
    const [from = '', relation = ''] = text.split('.');
    const target = /join/i.test(name) ? models.related(aliases.get(from) ?? root, relation) : undefined;
    if (target && alias?.kind === 'literal') aliases.set(String(alias.value), target);
  }
  for (const { name, text, start, end } of texts) {
    if (name === 'createQueryBuilder') continue;
    const use = (word: string) => ({ path: query.file.path, start, end, kind: 'builder' as const, text: query.code, word });
    for (const [, alias = '', property = ''] of text.matchAll(/["`]?\b(\w+)\b["`]?\.["`]?(\w+)/g)) {
      const model = aliases.get(alias);
      if (model) uses.addProperty(model, property, use(property));
    }
    if (/^\w+$/.test(text)) uses.addProperty(root, text, use(text));
  }
}
