import type { ValueId } from '../facts/types.ts';
import { readSequelizeColumnKeys, readSequelizeIndexes } from './sequelize-keys.ts';
import type { Model, ModelColumn } from './model.ts';
import { hasProperty, literalProperty, propertiesOf, textProperty, type ModelConventions, type ModelSource, type Property, type SourceValue } from './model-source.ts';
import { pluralOf, snakeCase } from './naming.ts';

const DEFINE = /^(?:sequelize|@sequelize\/core)\b.* define$/;

/** Models of plain Sequelize: `sequelize.define('user', { … })` and `User.init({ … }, { … })`. */
export function readSequelizeModels(source: ModelSource, conventions: ModelConventions): Model[] {
  return source.facts.calls.flatMap((value) => {
    const fact = source.facts.values[value];
    const callee = fact?.kind === 'call' ? source.facts.values[fact.callee] : undefined;
    if (fact?.kind !== 'call' || callee?.kind !== 'member') return [];
    if (callee.property === 'define' && DEFINE.test(source.originOf(fact.callee) ?? '')) {
      const [named, columns, options] = fact.args;
      const name = named === undefined ? undefined : source.textOf(named);
      return name === undefined || columns === undefined ? [] : [modelOf(source, { value }, name, columns, options, conventions)];
    }
    if (callee.property !== 'init' || !/^(?:sequelize|@sequelize\/core) /.test(source.originOf(fact.callee) ?? '')) return [];
    const owner = source.classOf(callee.object);
    const [columns, options] = fact.args;
    const name = owner && owner.source.facts.classes[owner.class]?.name;
    if (!owner || name === undefined || columns === undefined) return [];
    return [modelOf(source, { class: owner.class }, name, columns, options, conventions)];
  });
}

function modelOf(
  source: ModelSource,
  declared: Pick<Model, 'value' | 'class'>,
  name: string,
  columns: ValueId,
  options: ValueId | undefined,
  conventions: ModelConventions,
): Model {
  const given: SourceValue | undefined = options === undefined ? undefined : { source, value: options };
  const underscored = (literalProperty(given, 'underscored') ?? conventions.underscored) === true;
  const modelName = textProperty(given, 'modelName') ?? name;
  const frozen = literalProperty(given, 'freezeTableName') === true;
  const usual = frozen ? modelName : pluralOf(underscored ? snakeCase(modelName) : modelName);
  const place = source.facts.values[columns];
  const properties = propertiesOf({ source, value: columns });
  const declaredColumns = properties.map((property) => columnOf(property, underscored));
  const keys = readSequelizeColumnKeys(properties, declaredColumns);
  const stamps = literalProperty(given, 'timestamps') === false ? [] : ['createdAt', 'updatedAt'];
  const implied = [...stamps, ...(literalProperty(given, 'paranoid') === true ? ['deletedAt'] : [])];
  const at = { path: source.path, start: place?.start ?? 0, end: place?.start ?? 0 };
  return {
    library: 'sequelize',
    name,
    table: textProperty(given, 'tableName') ?? usual,
    ...at,
    columns: [
      ...declaredColumns,
      ...implied
        .filter((property) => literalProperty(given, property) !== false && !declaredColumns.some((column) => column.property === property))
        .map((property) => ({ property, column: underscored ? snakeCase(property) : property, ...at, nullable: false, filled: true })),
    ],
    relations: [],
    indexes: [...keys.indexes, ...readSequelizeIndexes(given, declaredColumns)],
    foreignKeys: keys.foreignKeys,
    ...declared,
  };
}

function columnOf({ source, key, value, start, end }: Property, underscored: boolean): ModelColumn {
  const options = { source, value };
  return {
    property: key,
    column: textProperty(options, 'field') ?? (underscored ? snakeCase(key) : key),
    path: source.path,
    start,
    end,
    nullable: literalProperty(options, 'allowNull') !== false && literalProperty(options, 'primaryKey') !== true,
    filled: hasProperty(options, 'defaultValue') || literalProperty(options, 'autoIncrement') === true,
  };
}
