import type { ValueId } from '../facts/types.ts';
import type { Model, ModelColumn, ModelRelation } from './model.ts';
import { drizzleDialect, readColumnKeys, readExtraKeys } from './drizzle-keys.ts';
import { propertiesOf, type ModelConventions, type ModelSource, type Property, type SourceValue } from './model-source.ts';
import { camelCase, snakeCase } from './naming.ts';

const TABLE = /^drizzle-orm(?:\/[\w-]+)* (?:(?:pg|mysql|sqlite|singlestore|mssql|cockroach)Table|snakeCase\.\w+|(?:pg|mysql|singlestore|mssql)Schema\(\) table)$/;
const CREATED = /^drizzle-orm(?:\/[\w-]+)* \w+TableCreator\(\)$/;
const SCHEMA = /(?:pg|mysql|singlestore|mssql)Schema\(\)/;
const RELATIONS = /^drizzle-orm(?:\/[\w-]+)* relations$/;
const FILLED = new Set(['default', 'defaultNow', 'defaultRandom', '$default', '$defaultFn', '$onUpdate', '$onUpdateFn', 'generatedAlwaysAs', 'generatedAlwaysAsIdentity', 'generatedByDefaultAsIdentity', 'autoincrement']);

/** Tables that a file declares for Drizzle. */
export function readDrizzleTables(source: ModelSource, conventions: ModelConventions): Model[] {
  return source.facts.calls.flatMap((value) => {
    const fact = source.facts.values[value];
    if (fact?.kind !== 'call' || fact.args.length < 2) return [];
    const origin = source.originOf(fact.callee);
    const given = fact.args[0] === undefined ? undefined : source.textOf(fact.args[0]);
    if (origin === undefined || given === undefined) return [];
    if (CREATED.test(origin)) return tableOf(source, value, fact.args, createdName(source, fact.callee, given), { origin }, conventions);
    if (!TABLE.test(origin)) return [];
    return tableOf(source, value, fact.args, given, { origin, schema: SCHEMA.test(origin) ? schemaName(source, fact.callee) : undefined }, conventions);
  });
}

function tableOf(
  source: ModelSource,
  value: ValueId,
  args: readonly ValueId[],
  table: string,
  { origin, schema }: { readonly origin: string; readonly schema?: string | undefined },
  conventions: ModelConventions,
): Model[] {
  const [named = 0, declared, extra] = args;
  if (declared === undefined) return [];
  const binding = source.facts.bindings.find((each) => each.value === value);
  const place = source.facts.values[named];
  const properties = columnProperties(source, declared);
  const columns = properties.map((property) => columnOf(property, conventions));
  const own = readColumnKeys(properties, columns);
  const further = extra === undefined ? { indexes: [], foreignKeys: [] } : readExtraKeys({ source, value: extra }, columns);
  const dialect = drizzleDialect(origin);
  return [
    {
      library: 'drizzle',
      name: binding?.name ?? table,
      table,
      ...(schema === undefined ? {} : { schema }),
      path: source.path,
      start: binding?.start ?? place?.start ?? 0,
      end: binding?.end ?? place?.end ?? 0,
      columns,
      relations: [],
      ...(dialect ? { dialect } : {}),
      ...(dialect === 'mysql' ? { indexesForeignKeys: true as const } : {}),
      indexes: [...own.indexes, ...further.indexes],
      foreignKeys: [...own.foreignKeys, ...further.foreignKeys],
      value,
    },
  ];
}

/** `{ … }`, or `(t) => ({ … })`. */
function columnProperties(source: ModelSource, columns: ValueId): readonly Property[] {
  const written = source.facts.values[columns]?.kind === 'function' ? source.returnsOf(columns) : [{ source, value: columns }];
  return written.flatMap((each) => propertiesOf(each));
}

function columnOf({ source, key, value, start, end }: Property, conventions: ModelConventions): ModelColumn {
  const calls: string[] = [];
  let name: string | undefined;
  for (let at = source.facts.values[source.definitionOf(value).value], file = source.definitionOf(value).source; at?.kind === 'call'; ) {
    const callee = file.facts.values[at.callee];
    if (callee?.kind === 'member') calls.push(callee.property);
    const [first] = at.args;
    const next = callee?.kind === 'member' ? file.facts.values[callee.object] : undefined;
    // The innermost call makes the column.
    if (next?.kind !== 'call') name = first === undefined ? undefined : file.textOf(first);
    at = next;
  }
  const cased = conventions.casing === 'snake_case' ? snakeCase(key) : conventions.casing === 'camelCase' ? camelCase(key) : key;
  return {
    property: key,
    column: name ?? cased,
    path: source.path,
    start,
    end,
    nullable: !calls.includes('notNull') && !calls.includes('primaryKey'),
    filled: calls.some((call) => FILLED.has(call)) || calls.includes('serial') || calls.includes('primaryKey'),
  };
}

/** `pgTableCreator((name) => `shop_${name}`)`: the one unknown part is the name. */
function createdName(source: ModelSource, callee: ValueId, name: string): string {
  const made = source.definitionOf(callee);
  const call = made.source.facts.values[made.value];
  const [first] = call?.kind === 'call' ? call.args : [];
  const [returned] = first === undefined ? [] : made.source.returnsOf(first);
  const fact = returned && returned.source.facts.values[returned.value];
  return fact?.kind === 'template' && fact.parts.length === 1 ? fact.quasis.join(name) : name;
}

function schemaName(source: ModelSource, callee: ValueId): string | undefined {
  const member = source.facts.values[callee];
  const made = member?.kind === 'member' ? source.definitionOf(member.object) : undefined;
  const call = made && made.source.facts.values[made.value];
  const [first] = call?.kind === 'call' ? call.args : [];
  return made && first !== undefined ? made.source.textOf(first) : undefined;
}

/** Relations that `relations(users, ({ many }) => ({ posts: many(posts) }))` declares, by the definition of the table. */
export function readDrizzleRelations(source: ModelSource): { readonly table: SourceValue; readonly property: string; readonly target: SourceValue }[] {
  return source.facts.calls.flatMap((value) => {
    const fact = source.facts.values[value];
    if (fact?.kind !== 'call' || !RELATIONS.test(source.originOf(fact.callee) ?? '')) return [];
    const [table, described] = fact.args;
    if (table === undefined || described === undefined) return [];
    const properties = source.returnsOf(described).flatMap((each) => propertiesOf(each));
    return properties.flatMap((property) => {
      const call = property.source.facts.values[property.value];
      const [target] = call?.kind === 'call' ? call.args : [];
      if (target === undefined) return [];
      return [{ table: source.definitionOf(table), property: property.key, target: property.source.definitionOf(target) }];
    });
  });
}

export function withRelations(model: Model, relations: readonly ModelRelation[]): Model {
  return relations.length === 0 ? model : { ...model, relations: [...model.relations, ...relations] };
}
