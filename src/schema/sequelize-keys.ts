import type { Model, ModelColumn, ModelForeignKey, ModelIndex } from './model.ts';
import { hasProperty, literalProperty, propertiesOf, textProperty, type Property, type SourceValue } from './model-source.ts';

type Keys = Pick<Model, 'indexes' | 'foreignKeys'>;

/** What the attributes of a model say of keys: `primaryKey`, `unique`, `references`, `onDelete`. */
export function readSequelizeColumnKeys(properties: readonly Property[], columns: readonly ModelColumn[]): Keys {
  const indexes: ModelIndex[] = [];
  const foreignKeys: ModelForeignKey[] = [];
  const groups = new Map<string, { index: ModelIndex; columns: string[] }>();
  for (const { source, key, value, start, end } of properties) {
    const column = columns.find((each) => each.property === key)?.column ?? key;
    const options = { source, value };
    const place = { path: source.path, start, end, partial: false, plain: true };
    if (literalProperty(options, 'primaryKey') === true) addTo(groups, 'primary', { ...place, kind: 'primary', columns: [] }, column);
    const unique = literalProperty(options, 'unique');
    // Columns that name one constraint make it together.
    if (typeof unique === 'string') addTo(groups, `unique ${unique}`, { ...place, kind: 'unique', columns: [] }, column);
    else if (unique === true || (unique === undefined && hasProperty(options, 'unique'))) indexes.push({ ...place, kind: 'unique', columns: [column] });
    if (!hasProperty(options, 'references')) continue;
    const references = propertiesOf(options).find((each) => each.key === 'references');
    const target = references && textProperty({ source: references.source, value: references.value }, 'model');
    const onDelete = textProperty(options, 'onDelete');
    foreignKeys.push({
      path: source.path,
      start,
      end,
      property: key,
      properties: [key],
      columns: [column],
      ...(target === undefined ? {} : { target }),
      ...(onDelete === undefined ? {} : { onDelete: onDelete.toLowerCase() }),
    });
  }
  return { indexes: [...indexes, ...[...groups.values()].map(({ index, columns: members }) => ({ ...index, columns: members }))], foreignKeys };
}

function addTo(groups: Map<string, { index: ModelIndex; columns: string[] }>, key: string, index: ModelIndex, column: string): void {
  const group = groups.get(key) ?? { index, columns: [] };
  group.columns.push(column);
  groups.set(key, group);
}

/** `indexes: [{ unique: true, fields: ['email'] }]` of a model's options. */
export function readSequelizeIndexes(options: SourceValue | undefined, columns: readonly ModelColumn[]): ModelIndex[] {
  const listed = options && propertiesOf(options).find(({ key }) => key === 'indexes');
  const list = listed && listed.source.facts.values[listed.value];
  if (!listed || list?.kind !== 'array') return [];
  return list.items.map((item) => {
    const described = { source: listed.source, value: item };
    const fact = listed.source.facts.values[item];
    const type = textProperty(described, 'type')?.toLowerCase();
    const using = (textProperty(described, 'using') ?? textProperty(described, 'method'))?.toLowerCase();
    const fields = propertiesOf(described).find(({ key }) => key === 'fields');
    const array = fields && fields.source.facts.values[fields.value];
    const names = fields && array?.kind === 'array' ? array.items.map((value) => fields.source.textOf(value)) : [undefined];
    return {
      path: listed.source.path,
      start: fact?.start ?? 0,
      end: fact?.end ?? 0,
      kind: literalProperty(described, 'unique') === true || type === 'unique' ? ('unique' as const) : ('index' as const),
      columns: names.map((name) => columns.find(({ property, column }) => property === name || column === name)?.column ?? name ?? null),
      partial: hasProperty(described, 'where'),
      plain: (using === undefined || using === 'btree') && (type === undefined || type === 'unique') && names.every((name) => name !== undefined) && !hasProperty(described, 'operator'),
    };
  });
}
