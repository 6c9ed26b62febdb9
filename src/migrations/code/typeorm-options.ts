import { entryOf, findBoolean, findNumber, findText, isNothing, itemsOf, NotConstant, notConstant, textOf, textsOf, type Value } from './values.ts';

export interface TablePath {
  readonly schema?: string;
  readonly name: string;
}

export interface ColumnOptions {
  readonly name: string;
  readonly type: string;
  readonly length?: string;
  readonly width?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly nullable: boolean;
  readonly primary: boolean;
  readonly primaryName?: string;
  readonly generated?: string;
  readonly identity?: string;
  readonly unique: boolean;
  readonly array: boolean;
  readonly unsigned: boolean;
  readonly zerofill: boolean;
  /** SQL of the default. */
  readonly default?: string;
  readonly onUpdate?: string;
  readonly enum?: readonly string[];
  readonly enumName?: string;
  readonly comment?: string;
  readonly charset?: string;
  readonly collation?: string;
  readonly asExpression?: string;
  readonly generatedType?: string;
}

export interface KeyOptions {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly deferrable?: string;
}

export interface ForeignKeyOptions extends KeyOptions {
  readonly references: TablePath;
  readonly referencedColumns: readonly string[];
  readonly onDelete?: string;
  readonly onUpdate?: string;
}

export interface IndexOptions extends KeyOptions {
  readonly unique: boolean;
  readonly concurrent: boolean;
  readonly kind: string;
  readonly where?: string;
}

export interface ExpressionOptions {
  readonly name?: string;
  readonly expression: string;
}

export interface TableOptions extends TablePath {
  readonly columns: readonly ColumnOptions[];
  readonly uniques: readonly KeyOptions[];
  readonly checks: readonly ExpressionOptions[];
  readonly exclusions: readonly ExpressionOptions[];
  readonly foreignKeys: readonly ForeignKeyOptions[];
  readonly indices: readonly IndexOptions[];
  readonly engine?: string;
  readonly comment?: string;
}

/** What was given to `new TableColumn({ … })` and the like; other values as they are. */
export function optionsOf(value: Value | undefined): Value | undefined {
  return value?.kind === 'member' ? value.steps.at(-1)?.args?.[0] : value;
}

export function pathOf(written: string, schema?: string): TablePath {
  const [first, second] = written.split('.');
  if (second === undefined) return { name: written, ...(schema === undefined ? {} : { schema }) };
  return { schema: first ?? '', name: second };
}

/** Name of a table given as text, as `Table` or as what `getTable` found. */
export function tablePathOf(value: Value | undefined): TablePath {
  if (value?.kind === 'builder' && value.maybe) return pathOf(value.maybe.table);
  const options = optionsOf(value);
  if (options?.kind === 'text') return pathOf(textOf(options, 'the name of the table'));
  const schema = findText(entryOf(options, 'schema'), 'the schema of the table');
  return pathOf(textOf(entryOf(options, 'name') ?? options, 'the name of the table'), schema);
}

export function columnOf(value: Value | undefined): ColumnOptions {
  const options = recordOf(value, 'the column');
  const get = (name: string): Value | undefined => options.get(name);
  const name = textOf(get('name'), 'the name of the column');
  const of = (what: string): string => `the ${what} of column \`${name}\``;
  const flag = (key: string): boolean => findBoolean(get(key), of(key)) ?? false;
  const written = (key: string): string | undefined => findText(get(key), of(key));
  const zerofill = flag('zerofill');
  return {
    name,
    type: isNothing(get('type')) ? '' : textOf(get('type'), of('type')),
    nullable: flag('isNullable'),
    primary: flag('isPrimary'),
    unique: flag('isUnique'),
    array: flag('isArray'),
    zerofill,
    unsigned: zerofill || flag('unsigned'),
    ...present('length', written('length')),
    ...present('width', findNumber(get('width'), of('width'))),
    ...present('precision', findNumber(get('precision'), of('precision'))),
    ...present('scale', findNumber(get('scale'), of('scale'))),
    ...present('primaryName', written('primaryKeyConstraintName')),
    ...(flag('isGenerated') ? { generated: written('generationStrategy') ?? '' } : {}),
    ...present('identity', written('generatedIdentity')),
    ...present('default', defaultOf(get('default'), of('default'))),
    ...present('onUpdate', written('onUpdate')),
    ...(isNothing(get('enum')) ? {} : { enum: textsOf(get('enum'), of('enum')) }),
    ...present('enumName', written('enumName')),
    ...present('comment', written('comment')),
    ...present('charset', written('charset')),
    ...present('collation', written('collation')),
    ...present('asExpression', written('asExpression')),
    ...present('generatedType', written('generatedType')),
  };
}

/** TypeORM puts a default into the SQL as it is written. */
function defaultOf(value: Value | undefined, what: string): string | undefined {
  if (isNothing(value)) return undefined;
  if (value.kind === 'boolean') return String(value.value);
  return textOf(value, what);
}

export function tableOf(value: Value | undefined): TableOptions {
  const options = recordOf(value, 'the table');
  const path = tablePathOf(value);
  const all = <T>(key: string, read: (item: Value) => T): T[] => itemsOf(options.get(key), `\`${key}\` of \`${path.name}\``).map(read);
  return {
    ...path,
    columns: all('columns', columnOf),
    uniques: all('uniques', keyOf),
    checks: all('checks', expressionOf),
    exclusions: all('exclusions', expressionOf),
    foreignKeys: all('foreignKeys', foreignKeyOf),
    indices: all('indices', indexOf),
    ...present('engine', findText(options.get('engine'), 'the engine of the table')),
    ...present('comment', findText(options.get('comment'), 'the comment of the table')),
  };
}

export function keyOf(value: Value | undefined): KeyOptions {
  const options = recordOf(value, 'the constraint');
  const columns = textsOf(options.get('columnNames'), 'the columns of the constraint');
  return { columns, ...present('name', findText(options.get('name'), 'the name of the constraint')), ...present('deferrable', findText(options.get('deferrable'), 'deferrable')) };
}

export function expressionOf(value: Value | undefined): ExpressionOptions {
  const options = recordOf(value, 'the constraint');
  return { expression: textOf(options.get('expression'), 'the expression'), ...present('name', findText(options.get('name'), 'the name of the constraint')) };
}

export function foreignKeyOf(value: Value | undefined): ForeignKeyOptions {
  const options = recordOf(value, 'the foreign key');
  const schema = findText(options.get('referencedSchema'), 'the referenced schema');
  return {
    ...keyOf(value),
    references: pathOf(textOf(options.get('referencedTableName'), 'the referenced table'), schema),
    referencedColumns: textsOf(options.get('referencedColumnNames'), 'the referenced columns'),
    ...present('onDelete', findText(options.get('onDelete'), 'onDelete')),
    ...present('onUpdate', findText(options.get('onUpdate'), 'onUpdate')),
  };
}

export function indexOf(value: Value | undefined): IndexOptions {
  const options = recordOf(value, 'the index');
  const flag = (key: string): boolean => findBoolean(options.get(key), `\`${key}\` of the index`) ?? false;
  return {
    ...keyOf(value),
    unique: flag('isUnique'),
    concurrent: flag('isConcurrent'),
    kind: flag('isSpatial') ? 'SPATIAL ' : flag('isFulltext') ? 'FULLTEXT ' : '',
    ...present('where', findText(options.get('where'), 'the condition of the index')),
  };
}

function recordOf(value: Value | undefined, what: string): ReadonlyMap<string, Value> {
  const options = optionsOf(value);
  if (options?.kind !== 'record') throw options?.kind === 'builder' ? new NotConstant(`${what} is what the database has, which is not known here`) : notConstant(what, options);
  if (options.open) throw notConstant(what, options.open);
  return options.entries;
}

function present<K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: T });
}
