import type { ValueFact, ValueId } from '../facts/types.ts';
import type { Model, ModelColumn, ModelDialect, ModelForeignKey, ModelIndex } from './model.ts';
import { literalProperty, propertiesOf, type Property, type SourceValue } from './model-source.ts';

/** A call of a chain, outermost first: `.onDelete(…)` before `foreignKey(…)`. */
interface Link {
  readonly name: string;
  readonly args: readonly ValueId[];
  readonly at: SourceValue;
}

type Keys = Pick<Model, 'indexes' | 'foreignKeys'>;

const DIALECTS: readonly (readonly [RegExp, ModelDialect])[] = [
  [/\/(?:pg-core|cockroach-core)\b/, 'postgres'],
  [/\/(?:mysql-core|singlestore-core)\b/, 'mysql'],
  [/\/sqlite-core\b/, 'sqlite'],
  [/\/mssql-core\b/, 'mssql'],
];

const CONSTRAINT_KINDS: Readonly<Record<string, ModelIndex['kind']>> = { index: 'index', uniqueIndex: 'unique', unique: 'unique', primaryKey: 'primary' };

/** The database by the part of the package that a table comes from. */
export function drizzleDialect(origin: string): ModelDialect | undefined {
  return DIALECTS.find(([pattern]) => pattern.test(origin))?.[1];
}

/** What the columns of a table say of keys: `.primaryKey()`, `.unique()`, `.references(() => users.id)`. */
export function readColumnKeys(properties: readonly Property[], columns: readonly ModelColumn[]): Keys {
  const indexes: ModelIndex[] = [];
  const foreignKeys: ModelForeignKey[] = [];
  for (const { source, key, value, start, end } of properties) {
    const column = columns.find((each) => each.property === key);
    if (!column) continue;
    const place = { path: source.path, start, end };
    for (const { name, args, at } of chainOf({ source, value })) {
      const kind = name === 'primaryKey' ? 'primary' : name === 'unique' ? 'unique' : undefined;
      if (kind) indexes.push({ ...place, kind, columns: [column.column], partial: false, plain: true });
      if (name !== 'references') continue;
      const onDelete = args[1] === undefined ? undefined : literalProperty({ source: at.source, value: args[1] }, 'onDelete');
      foreignKeys.push({ ...place, property: key, properties: [key], columns: [column.column], ...targetOf(at.source, args[0]), ...actionOf(onDelete) });
    }
  }
  return { indexes, foreignKeys };
}

/** The third argument of a table: `(t) => [index().on(t.userId)]`, or an object of such. */
export function readExtraKeys({ source, value }: SourceValue, columns: readonly ModelColumn[]): Keys {
  const indexes: ModelIndex[] = [];
  const foreignKeys: ModelForeignKey[] = [];
  for (const returned of source.returnsOf(value)) {
    for (const entry of entriesOf(returned)) {
      const chain = chainOf(entry);
      const made = chain.at(-1);
      const kind = made && CONSTRAINT_KINDS[made.name];
      const fact = entry.source.facts.values[entry.value];
      const place = { path: entry.source.path, start: made?.at.source.facts.values[made.at.value]?.start ?? fact?.start ?? 0, end: fact?.end ?? 0 };
      if (kind) indexes.push({ ...place, kind, ...indexedColumns(chain, columns) });
      if (made?.name === 'foreignKey') foreignKeys.push(...foreignKeyOf(chain, made, columns, place));
    }
  }
  return { indexes, foreignKeys };
}

function entriesOf({ source, value }: SourceValue): readonly SourceValue[] {
  const fact = source.facts.values[value];
  if (fact?.kind === 'array') return fact.items.map((item) => ({ source, value: item }));
  return propertiesOf({ source, value }).map((property) => ({ source: property.source, value: property.value }));
}

function indexedColumns(chain: readonly Link[], columns: readonly ModelColumn[]): Pick<ModelIndex, 'columns' | 'partial' | 'plain'> {
  const listing = chain.find(({ name }) => ['on', 'onOnly', 'using'].includes(name)) ?? chain.at(-1);
  const given = !listing ? [] : listing.name === 'using' ? listing.args.slice(1) : listing.name === 'primaryKey' ? listedColumns(listing) : listing.args;
  const read = given.map((value) => (listing ? columnAt({ source: listing.at.source, value }, columns) : undefined));
  const method = listing?.name === 'using' ? textArgument(listing) : 'btree';
  return {
    columns: read.map((each) => each?.column ?? null),
    partial: chain.some(({ name }) => name === 'where'),
    plain: method === 'btree' && read.every((each) => each?.bare === true),
  };
}

function textArgument({ args, at }: Link): string | undefined {
  return args[0] === undefined ? undefined : at.source.textOf(args[0]);
}

/** `primaryKey({ columns: [t.a, t.b] })`, and the older `primaryKey(t.a, t.b)`. */
function listedColumns(link: Link): readonly ValueId[] {
  const [first] = link.args;
  const listed = first === undefined ? undefined : propertiesOf({ source: link.at.source, value: first }).find(({ key }) => key === 'columns');
  const list = listed && link.at.source.facts.values[listed.value];
  return list?.kind === 'array' ? list.items : link.args;
}

/** `t.userId`, `t.createdAt.desc()`, `t.name.op('gin_trgm_ops')`. */
function columnAt({ source, value }: SourceValue, columns: readonly ModelColumn[]): { readonly column: string; readonly bare: boolean } | undefined {
  let fact: ValueFact | undefined = source.facts.values[value];
  let bare = true;
  while (fact?.kind === 'call') {
    const callee: ValueFact | undefined = source.facts.values[fact.callee];
    if (callee?.kind !== 'member') return undefined;
    if (callee.property !== 'asc') bare = false;
    fact = source.facts.values[callee.object];
  }
  const property = fact?.kind === 'member' ? fact.property : undefined;
  const column = columns.find((each) => each.property === property);
  return column && { column: column.column, bare };
}

function foreignKeyOf(
  chain: readonly Link[],
  made: Link,
  columns: readonly ModelColumn[],
  place: Pick<ModelForeignKey, 'path' | 'start' | 'end'>,
): ModelForeignKey[] {
  const [described] = made.args;
  const { source } = made.at;
  const isLazy = described !== undefined && source.facts.values[described]?.kind === 'function';
  const [written] = described === undefined ? [] : isLazy ? source.returnsOf(described) : [{ source, value: described }];
  const options = written ? propertiesOf(written) : [];
  const listed = (key: string): readonly SourceValue[] => {
    const found = options.find((each) => each.key === key);
    const fact = found && found.source.facts.values[found.value];
    return found && fact?.kind === 'array' ? fact.items.map((value) => ({ source: found.source, value })) : [];
  };
  const members = listed('columns').map(({ source: inFile, value }) => {
    const fact = inFile.facts.values[value];
    return columns.find((each) => fact?.kind === 'member' && each.property === fact.property);
  });
  const known = members.filter((each) => each !== undefined);
  if (known.length === 0 || known.length < members.length) return [];
  const action = chain.find(({ name }) => name === 'onDelete');
  const [target] = listed('foreignColumns');
  const properties = known.map(({ property }) => property);
  return [
    {
      ...place,
      property: properties.join(', '),
      properties,
      columns: known.map(({ column }) => column),
      ...(target ? tableNamed(target) : {}),
      ...actionOf(action && textArgument(action)),
    },
  ];
}

function targetOf(source: SourceValue['source'], value: ValueId | undefined): Pick<ModelForeignKey, 'target'> {
  const [returned] = value === undefined ? [] : source.returnsOf(value);
  return returned ? tableNamed(returned) : {};
}

/** The table of `users.id`, as code names it. */
function tableNamed({ source, value }: SourceValue): Pick<ModelForeignKey, 'target'> {
  const fact = source.facts.values[value];
  const table = fact?.kind === 'member' ? source.facts.values[fact.object] : undefined;
  const name = table?.kind === 'name' ? source.facts.bindings[table.binding]?.name : table?.kind === 'member' ? table.property : undefined;
  return name === undefined ? {} : { target: name };
}

function actionOf(text: unknown): Pick<ModelForeignKey, 'onDelete'> {
  return typeof text === 'string' ? { onDelete: text } : {};
}

/** The calls that an expression is made of, outermost first. */
function chainOf(value: SourceValue): Link[] {
  const links: Link[] = [];
  const start = value.source.definitionOf(value.value);
  const { source } = start;
  for (let at: ValueId | undefined = start.value; at !== undefined; ) {
    const fact: ValueFact | undefined = source.facts.values[at];
    if (fact?.kind !== 'call') break;
    const callee: ValueFact | undefined = source.facts.values[fact.callee];
    const name = callee?.kind === 'member' ? callee.property : callee?.kind === 'name' ? nameOf(source.originOf(fact.callee)) : undefined;
    links.push({ name: name ?? '', args: fact.args, at: { source, value: at } });
    at = callee?.kind === 'member' ? callee.object : undefined;
  }
  return links;
}

/** `drizzle-orm/pg-core uniqueIndex` → `uniqueIndex`. */
function nameOf(origin: string | undefined): string | undefined {
  return origin?.split(' ').at(-1);
}
