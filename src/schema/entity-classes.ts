import type { ClassFact, MemberFact } from '../facts/types.ts';
import { readEntityKeys } from './entity-keys.ts';
import type { Model, ModelColumn, ModelRelation } from './model.ts';
import {
  classArgument, decoratorsOf, hasProperty, literalProperty, optionsArgument, textProperty,
  type Decorator, type ModelConventions, type ModelSource, type SourceClass,
} from './model-source.ts';
import { camelCase, pluralOf, snakeCase } from './naming.ts';

/** How a library marks entities and their columns with decorators. */
interface EntityDialect {
  readonly library: string;
  readonly packages: RegExp;
  readonly entity: ReadonlySet<string>;
  /** Key of the table's name among the decorator's options; the first argument may be the name itself. */
  readonly tableKey: string;
  readonly columnKeys: readonly string[];
  readonly columns: ReadonlySet<string>;
  readonly filled: ReadonlySet<string>;
  /** To-one relations that hold a foreign key. */
  readonly owning: ReadonlySet<string>;
  readonly relations: ReadonlySet<string>;
  tableName(className: string, conventions: ModelConventions): string;
  columnName(property: string, conventions: ModelConventions): string;
  joinName?(property: string, conventions: ModelConventions): string;
  /** Columns that no decorator names. */
  implied?(entity: Decorator): readonly string[];
}

const TIMESTAMPS = ['createdAt', 'updatedAt'];

const DIALECTS: readonly EntityDialect[] = [
  {
    library: 'typeorm',
    packages: /^typeorm$/,
    entity: new Set(['Entity', 'ViewEntity', 'ChildEntity']),
    tableKey: 'name',
    columnKeys: ['name'],
    columns: new Set([
      'Column', 'PrimaryColumn', 'PrimaryGeneratedColumn', 'CreateDateColumn', 'UpdateDateColumn', 'DeleteDateColumn', 'VersionColumn', 'ViewColumn',
    ]),
    filled: new Set(['PrimaryGeneratedColumn', 'CreateDateColumn', 'UpdateDateColumn', 'DeleteDateColumn', 'VersionColumn']),
    owning: new Set(['ManyToOne', 'OneToOne']),
    relations: new Set(['ManyToOne', 'OneToOne', 'OneToMany', 'ManyToMany']),
    // Both of TypeORM's strategies write tables in snake case.
    tableName: (className) => snakeCase(className),
    columnName: (property, { snakeNames }) => (snakeNames ? snakeCase(property) : property),
    joinName: (property, { snakeNames }) => (snakeNames ? `${snakeCase(property)}_id` : camelCase(`${property}_id`)),
  },
  {
    library: 'mikro-orm',
    packages: /^@mikro-orm\/(?:core|decorators|postgresql|mysql|mariadb|sqlite|libsql|better-sqlite)(?:\/.*)?$/,
    entity: new Set(['Entity']),
    tableKey: 'tableName',
    columnKeys: ['fieldName', 'name'],
    columns: new Set(['Property', 'PrimaryKey', 'Enum']),
    filled: new Set(['PrimaryKey']),
    owning: new Set(['ManyToOne', 'OneToOne']),
    relations: new Set(['ManyToOne', 'OneToOne', 'OneToMany', 'ManyToMany']),
    tableName: (className) => snakeCase(className),
    columnName: (property) => snakeCase(property),
    joinName: (property) => `${snakeCase(property)}_id`,
  },
  {
    library: 'sequelize',
    packages: /^sequelize-typescript$|^@sequelize\/core(?:\/.*)?$/,
    entity: new Set(['Table']),
    tableKey: 'tableName',
    columnKeys: ['field', 'columnName'],
    columns: new Set(['Column', 'Attribute', 'PrimaryKey', 'ForeignKey', 'CreatedAt', 'UpdatedAt', 'DeletedAt']),
    filled: new Set(['AutoIncrement', 'CreatedAt', 'UpdatedAt', 'DeletedAt', 'Default']),
    owning: new Set(),
    relations: new Set(['BelongsTo', 'HasMany', 'HasOne', 'BelongsToMany']),
    tableName: (className, { underscored }) => pluralOf(underscored ? snakeCase(className) : className),
    columnName: (property, { underscored }) => (underscored ? snakeCase(property) : property),
    implied: () => TIMESTAMPS,
  },
];

const MAX_BASES = 6;

/** Classes of a file that decorators make tables of: TypeORM, MikroORM, sequelize-typescript. */
export function readEntityClasses(source: ModelSource, conventions: ModelConventions): Model[] {
  return source.facts.classes.flatMap((declared, id) => {
    if (declared.decorators.length === 0 || declared.name === undefined) return [];
    const found = decoratorsOf(source, declared.decorators)
      .map((decorator) => ({ decorator, dialect: DIALECTS.find(({ packages, entity }) => packages.test(decorator.module) && entity.has(decorator.name)) }))
      .find(({ dialect }) => dialect !== undefined);
    if (!found?.dialect || declared.abstract) return [];
    return [entityOf(source, { source, class: id }, declared, found.dialect, found.decorator, conventions)];
  });
}

function entityOf(
  source: ModelSource,
  own: SourceClass,
  declared: ClassFact,
  dialect: EntityDialect,
  decorator: Decorator,
  conventions: ModelConventions,
): Model {
  const [first] = decorator.args;
  const options = optionsArgument(source, decorator.args);
  const name = declared.name ?? '';
  const given = (first === undefined ? undefined : source.textOf(first)) ?? textProperty(options, dialect.tableKey);
  const schema = textProperty(options, 'schema');
  const binding = declared.binding === undefined ? undefined : source.facts.bindings[declared.binding];
  const place = { start: binding?.start ?? declared.start, end: binding?.end ?? declared.start };
  const members = withBases(own).flatMap((each) => (each.source.facts.classes[each.class]?.members ?? []).map((member) => ({ source: each.source, member })));
  // `@Table({ updatedAt: false })` switches a column off that a base class declares.
  const isOff = (property: string): boolean => dialect.implied !== undefined && literalProperty(options, property) === false;
  const declaredColumns = members.flatMap((each) => columnOf(each.source, each.member, dialect, conventions));
  const columns = declaredColumns.filter(({ property }) => !isOff(property));
  const known = new Set(declaredColumns.map(({ property }) => property));
  const stamps = literalProperty(options, 'timestamps') === false ? [] : (dialect.implied?.(decorator) ?? []);
  const deleted = literalProperty(options, 'paranoid') === true ? ['deletedAt'] : [];
  const implied = [...stamps, ...deleted].filter((property) => !known.has(property) && !isOff(property));
  const columnsOfAll = [
    ...columns,
    ...implied.map((property) => {
      const column = dialect.columnName(property, conventions);
      return { property, column, path: source.path, ...place, nullable: false, filled: true };
    }),
  ];
  const entity = { library: dialect.library, owning: dialect.owning, packages: dialect.packages, isKept: (property: string) => !isOff(property) };
  return {
    library: dialect.library,
    name,
    table: given ?? dialect.tableName(name, conventions),
    ...(schema === undefined ? {} : { schema }),
    path: source.path,
    ...place,
    columns: columnsOfAll,
    relations: members.flatMap((each) => relationOf(each.source, each.member, dialect)),
    ...readEntityKeys(entity, withBases(own), members, columnsOfAll),
    // MikroORM's schema generator makes one for each.
    ...(dialect.library === 'mikro-orm' ? { indexesForeignKeys: true as const } : {}),
    class: own.class,
  };
}

/** The class and those it extends, nearest first. */
function withBases(own: SourceClass): readonly SourceClass[] {
  const found = [own];
  for (let at = own.source.baseOf(own.class); at && found.length <= MAX_BASES; at = at.source.baseOf(at.class)) found.push(at);
  return found;
}

function columnOf(source: ModelSource, member: MemberFact, dialect: EntityDialect, conventions: ModelConventions): ModelColumn[] {
  const decorators = decoratorsOf(source, member.decorators).filter(({ module }) => dialect.packages.test(module));
  const column = decorators.find(({ name }) => dialect.columns.has(name));
  const relation = decorators.find(({ name }) => dialect.owning.has(name));
  const join = decorators.find(({ name }) => name === 'JoinColumn');
  // The other side of a one-to-one relation has no column.
  const owns = relation && dialect.joinName && (relation.name === 'ManyToOne' || join !== undefined || dialect.library === 'mikro-orm');
  if (!column && !owns) return [];
  const args = (owns && !column ? (join ?? relation)?.args : column?.args) ?? [];
  const options = optionsArgument(source, args);
  const given = dialect.columnKeys.map((key) => textProperty(options, key)).find((text) => text !== undefined);
  const usual = owns && !column && dialect.joinName ? dialect.joinName(member.name, conventions) : dialect.columnName(member.name, conventions);
  const saysNull = literalProperty(options, 'nullable') === true || literalProperty(options, 'allowNull') === true;
  const nullable = saysNull || decorators.some(({ name }) => name === 'AllowNull');
  const isKey = decorators.some(({ name }) => name === 'PrimaryKey');
  const filled = decorators.some(({ name }) => dialect.filled.has(name)) || hasProperty(options, 'default') || hasProperty(options, 'defaultValue');
  return [
    {
      property: member.name,
      column: given ?? usual,
      path: source.path,
      start: member.nameStart,
      end: member.nameStart + member.name.length,
      // Sequelize's columns are nullable unless they say otherwise.
      nullable: nullable || (dialect.library === 'sequelize' && literalProperty(options, 'allowNull') !== false && !isKey),
      filled: filled || member.value !== undefined,
    },
  ];
}

function relationOf(source: ModelSource, member: MemberFact, dialect: EntityDialect): ModelRelation[] {
  const relation = decoratorsOf(source, member.decorators).find(({ module, name }) => dialect.packages.test(module) && dialect.relations.has(name));
  const target = relation && classArgument(source, relation.args);
  return target === undefined ? [] : [{ property: member.name, target: target.name, path: target.path }];
}
