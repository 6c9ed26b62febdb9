import type { MemberFact, ValueId } from '../facts/types.ts';
import type { Model, ModelColumn, ModelForeignKey, ModelIndex } from './model.ts';
import { classArgument, decoratorsOf, hasProperty, literalProperty, optionsArgument, type Decorator, type ModelSource, type SourceClass } from './model-source.ts';
import { readSequelizeIndexes } from './sequelize-keys.ts';

interface EntityMember {
  readonly source: ModelSource;
  readonly member: MemberFact;
}

/** What of an entity's library the keys depend on. */
interface EntityKind {
  readonly library: string;
  readonly packages: RegExp;
  /** To-one relations that hold a foreign key. */
  readonly owning: ReadonlySet<string>;
  /** False for columns that the entity switches off. */
  isKept(property: string): boolean;
}

const PRIMARY = new Set(['PrimaryGeneratedColumn', 'PrimaryColumn', 'PrimaryKey']);
const INDEXES: Readonly<Record<string, ModelIndex['kind']>> = { Index: 'index', Indexed: 'index', Unique: 'unique' };

/** Keys, indexes and references that decorators declare, on members and on the class and those it extends. */
export function readEntityKeys(
  kind: EntityKind,
  classes: readonly SourceClass[],
  members: readonly EntityMember[],
  columns: readonly ModelColumn[],
): Pick<Model, 'indexes' | 'foreignKeys'> {
  const columnOf = (property: string): string | undefined => columns.find((each) => each.property === property)?.column;
  const known = members.filter(({ member }) => kind.isKept(member.name) && columnOf(member.name) !== undefined);
  const described = known.map(({ source, member }) => ({
    source,
    member,
    column: columnOf(member.name) ?? member.name,
    place: { path: source.path, start: member.nameStart, end: member.nameStart + member.name.length },
    decorators: decoratorsOf(source, member.decorators).filter(({ module }) => kind.packages.test(module)),
  }));
  const keys = described.filter(({ source, decorators }) => decorators.some((each) => PRIMARY.has(each.name) || optionIs(source, each, 'primary')));
  const primary = keys[0] && { ...keys[0].place, kind: 'primary' as const, columns: keys.map(({ column }) => column), partial: false, plain: true };
  return {
    indexes: [
      ...(primary ? [primary] : []),
      ...described.flatMap(({ source, decorators, column, place }) => decorators.flatMap((decorator) => memberIndexes(kind, source, decorator, column, place))),
      ...classes.flatMap(({ source, class: id }) =>
        decoratorsOf(source, source.facts.classes[id]?.decorators ?? [])
          .filter(({ module }) => kind.packages.test(module))
          .flatMap((decorator) => classIndexes(kind, source, decorator, columns, source.facts.classes[id]?.start ?? 0)),
      ),
    ],
    foreignKeys: described.flatMap(({ source, member, decorators, column, place }) =>
      decorators.flatMap((decorator) =>
        foreignKeyOf(kind, source, decorator, { ...place, property: member.name, properties: [member.name], columns: [column] }),
      ),
    ),
  };
}

type Place = Pick<ModelIndex, 'path' | 'start' | 'end'>;

function memberIndexes(kind: EntityKind, source: ModelSource, decorator: Decorator, column: string, place: Place): ModelIndex[] {
  const options = optionsArgument(source, decorator.args);
  const plain = { ...place, columns: [column], partial: false, plain: true };
  const declared = INDEXES[decorator.name];
  if (declared) {
    const unique = declared === 'unique' || literalProperty(options, 'unique') === true;
    const usual = !['spatial', 'fulltext', 'expression', 'type', 'using'].some((key) => hasProperty(options, key));
    return [{ ...plain, kind: unique ? 'unique' : 'index', partial: hasProperty(options, 'where'), plain: usual }];
  }
  if (literalProperty(options, 'unique') === true) return [{ ...plain, kind: 'unique' }];
  // TypeORM makes a one-to-one relation unique by itself.
  return kind.owning.has(decorator.name) && decorator.name === 'OneToOne' ? [{ ...plain, kind: 'unique' }] : [];
}

function classIndexes(kind: EntityKind, source: ModelSource, decorator: Decorator, columns: readonly ModelColumn[], start: number): ModelIndex[] {
  const options = optionsArgument(source, decorator.args);
  if (kind.library === 'sequelize') return decorator.name === 'Table' ? readSequelizeIndexes(options, columns) : [];
  const declared = INDEXES[decorator.name];
  if (!declared) return [];
  const list = decorator.args.map((value) => listOf(source, value)).find((found) => found !== undefined);
  const unique = declared === 'unique' || literalProperty(options, 'unique') === true;
  return [
    {
      path: source.path,
      start,
      end: start,
      kind: unique ? 'unique' : 'index',
      // A function or an expression that was not read might begin with any column.
      columns: list?.map((property) => columns.find((each) => each.property === property || each.column === property)?.column ?? null) ?? [null],
      partial: hasProperty(options, 'where'),
      plain: list !== undefined && !['spatial', 'fulltext', 'expression'].some((key) => hasProperty(options, key)),
    },
  ];
}

function listOf(source: ModelSource, value: ValueId): readonly (string | undefined)[] | undefined {
  const fact = source.facts.values[value];
  if (fact?.kind === 'array') return fact.items.map((item) => source.textOf(item));
  if (fact?.kind !== 'function') return undefined;
  // `(session) => [session.user, session.createdAt]`
  const [returned] = source.returnsOf(value);
  const list = returned && returned.source.facts.values[returned.value];
  if (!returned || list?.kind !== 'array') return undefined;
  return list.items.map((item) => {
    const member = returned.source.facts.values[item];
    return member?.kind === 'member' ? member.property : undefined;
  });
}

function foreignKeyOf(kind: EntityKind, source: ModelSource, decorator: Decorator, own: Omit<ModelForeignKey, 'target' | 'onDelete'>): ModelForeignKey[] {
  const refers = kind.library === 'sequelize' ? decorator.name === 'ForeignKey' : kind.owning.has(decorator.name);
  if (!refers) return [];
  const options = optionsArgument(source, decorator.args);
  const target = classArgument(source, decorator.args)?.name;
  const onDelete = literalProperty(options, 'onDelete') ?? literalProperty(options, 'deleteRule');
  return [{ ...own, ...(target === undefined ? {} : { target }), ...(typeof onDelete === 'string' ? { onDelete: onDelete.toLowerCase() } : {}) }];
}

function optionIs(source: ModelSource, { args }: Decorator, key: string): boolean {
  return literalProperty(optionsArgument(source, args), key) === true;
}
