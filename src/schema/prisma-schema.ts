import type { Model, ModelColumn, ModelDialect, ModelForeignKey, ModelIndex, ModelRelation } from './model.ts';
import { argumentText, listedFields, quoted, readAttributes, type PrismaAttribute } from './prisma-attributes.ts';
import { readPrismaBlocks, type PrismaBlock, type PrismaFile } from './prisma-blocks.ts';

/** What the datasource says of the whole schema. */
interface Datasource {
  readonly dialect?: ModelDialect;
  /** `relationMode = "prisma"`: the database knows no foreign keys. */
  readonly emulatesRelations: boolean;
}

/** A relation field that names the columns it is held by. */
interface Reference {
  readonly property: string;
  readonly target: string;
  readonly start: number;
  readonly relation: PrismaAttribute;
}

const FIELD = /^\s*(\w+)\s+(\w+)(\[\]|\?)?([\s\S]*)$/;

const DIALECTS: Readonly<Record<string, ModelDialect>> = {
  postgresql: 'postgres',
  postgres: 'postgres',
  cockroachdb: 'postgres',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'mssql',
  mongodb: 'mongodb',
};

const INDEX_KINDS: Readonly<Record<string, ModelIndex['kind']>> = {
  '@@id': 'primary', '@id': 'primary', '@@unique': 'unique', '@unique': 'unique', '@@index': 'index', '@@fulltext': 'index',
};

/**
 * Models of Prisma schema files that belong together. Fields that the client never selects (`@ignore`, `Unsupported`) are left out:
 * nothing that runs needs them.
 */
export function readPrismaModels(files: readonly PrismaFile[]): Model[] {
  const blocks = files.flatMap(readPrismaBlocks);
  const models = blocks.filter(({ keyword }) => keyword === 'model' || keyword === 'view');
  const names = new Set(models.map(({ name }) => name));
  const datasource = readDatasource(blocks);
  return models.flatMap((block) => readModel(block, names, datasource));
}

function readDatasource(blocks: readonly PrismaBlock[]): Datasource {
  const lines = blocks.filter(({ keyword }) => keyword === 'datasource').flatMap((block) => block.lines.map(({ text }) => text));
  const valueOf = (key: string): string | undefined =>
    lines.map((line) => new RegExp(`^\\s*${key}\\s*=\\s*"([^"]*)"`).exec(line)?.[1]).find((found) => found !== undefined);
  const dialect = DIALECTS[valueOf('provider') ?? ''];
  return { ...(dialect ? { dialect } : {}), emulatesRelations: valueOf('relationMode') === 'prisma' };
}

function readModel(block: PrismaBlock, models: ReadonlySet<string>, { dialect, emulatesRelations }: Datasource): Model[] {
  const { path, keyword, name, lines, start, end, close } = block;
  const columns: ModelColumn[] = [];
  const relations: ModelRelation[] = [];
  const indexes: ModelIndex[] = [];
  const references: Reference[] = [];
  const blockLines = lines.filter(({ text }) => text.trim().startsWith('@@'));
  const blockAttributes = blockLines.flatMap((line) => readAttributes(line.text).map((attribute) => ({ attribute, line })));
  if (blockAttributes.some(({ attribute }) => attribute.name === '@@ignore')) return [];
  for (const line of lines) {
    const field = blockLines.includes(line) ? null : FIELD.exec(line.text);
    if (!field) continue;
    const [, property = '', type = '', modifier, rest = ''] = field;
    const at = line.start + line.text.indexOf(property);
    const attributes = readAttributes(rest);
    const named = (wanted: string): PrismaAttribute | undefined => attributes.find((each) => each.name === wanted);
    if (models.has(type)) {
      relations.push({ property, target: type });
      const relation = named('@relation');
      if (relation && argumentText(relation, 'fields') !== undefined) references.push({ property, target: type, start: at, relation });
      continue;
    }
    if (type === 'Unsupported' || named('@ignore')) continue;
    const column = quoted(argumentText(named('@map'), 'name', true)) ?? property;
    columns.push({
      property,
      column,
      path,
      start: at,
      end: at + property.length,
      nullable: modifier !== undefined,
      filled: named('@default') !== undefined || named('@updatedAt') !== undefined,
    });
    for (const attribute of attributes) {
      const kind = INDEX_KINDS[attribute.name];
      if (kind) indexes.push({ kind, columns: [column], path, start: at, end: at + property.length, partial: false, plain: isPlain(attribute) });
    }
  }
  const columnOf = (property: string): string | undefined => columns.find((each) => each.property === property)?.column;
  for (const { attribute, line } of blockAttributes) {
    const kind = INDEX_KINDS[attribute.name];
    if (!kind) continue;
    const fields = listedFields(argumentText(attribute, 'fields', true));
    indexes.push({
      kind,
      columns: fields.map((field) => columnOf(field.name) ?? null),
      path,
      start: line.start + attribute.start,
      end: line.start + attribute.end,
      partial: argumentText(attribute, 'where') !== undefined,
      plain: attribute.name !== '@@fulltext' && isPlain(attribute) && fields.every(({ bare }) => bare),
    });
  }
  const table = argumentOfBlock('@@map') ?? name;
  const schema = argumentOfBlock('@@schema');
  return [
    {
      library: 'prisma', name, table, ...(schema === undefined ? {} : { schema }), path, start, end, close, columns, relations, indexes,
      foreignKeys: keyword === 'view' ? [] : references.map(foreignKeyOf),
      ...(dialect ? { dialect } : {}),
      // InnoDB does so for constraints alone.
      ...(dialect === 'mysql' && !emulatesRelations ? { indexesForeignKeys: true as const } : {}),
    },
  ];

  function argumentOfBlock(attribute: string): string | undefined {
    return quoted(argumentText(blockAttributes.find((each) => each.attribute.name === attribute)?.attribute, 'name', true));
  }

  function foreignKeyOf({ property, target, start: at, relation }: Reference): ModelForeignKey {
    const properties = listedFields(argumentText(relation, 'fields')).map((field) => field.name);
    const onDelete = argumentText(relation, 'onDelete');
    return {
      property,
      target,
      path,
      start: at,
      end: at + property.length,
      properties,
      columns: properties.map((field) => columnOf(field) ?? field),
      ...(onDelete === undefined ? {} : { onDelete: onDelete.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase() }),
    };
  }
}

/** B-trees are what Prisma makes when no type is given. */
function isPlain(attribute: PrismaAttribute): boolean {
  const type = argumentText(attribute, 'type');
  const sort = argumentText(attribute, 'sort');
  return (type === undefined || type === 'BTree') && sort !== 'Desc' && argumentText(attribute, 'ops') === undefined;
}
