import type { Dialect } from '../migration-files.ts';
import { unlessExists, onlyIfExists, isGuarded } from './guards.ts';
import type { Guard } from './renderers.ts';
import { columnSql, columnType, createEnum, isIncrements, nameOfColumn, typeOf, type ColumnState, type ForeignState, type TableState } from './knex-columns.ts';
import { bind, columnize, defaultOf, isRaw, plainNames, useRaw, wrap } from './knex-values.ts';
import { entryOf, findBoolean, findText, isNothing, itemsOf, NotConstant, textOf, type Value } from './values.ts';

interface Compilation {
  readonly table: TableState;
  readonly dialect: Dialect;
  readonly guards: readonly Guard[];
  /** Table name as it is written. */
  readonly path: string;
}

type Command = (compilation: Compilation, args: readonly Value[], foreign?: ForeignState) => string[];

export function pathOf({ schema, name }: TableState, dialect: Dialect): string {
  return wrap(schema === undefined ? name : `${schema}.${name}`, dialect);
}

/** All statements of a table builder, in the order in which Knex sends them. */
export function compileTable(table: TableState, dialect: Dialect, guards: readonly Guard[], ifNotExists: boolean): string[] {
  const compilation: Compilation = { table, dialect, guards, path: pathOf(table, dialect) };
  return table.create ? compileCreate(compilation, ifNotExists) : compileAlter(compilation);
}

function compileCreate(compilation: Compilation, ifNotExists: boolean): string[] {
  const { table, dialect, guards, path } = compilation;
  const guarded = isGuarded(guards, table.name, false);
  // Behind `if (!hasTable)` keys are a part of what only happens without the table.
  const inline = table.commands.filter(({ method }) => guarded && dialect === 'postgres' && (method === 'foreign' || method === 'unique'));
  const rest = table.commands.filter((command) => !inline.includes(command));
  const constraints = inline.flatMap(({ method, args, foreign }) => run(compilation, method, args, foreign)).map((sql) => sql.slice(sql.indexOf('constraint')));
  const columns = table.columns.map((column) => columnSql(column, dialect));
  const keys = [...(dialect === 'sqlite' ? inlineForeignKeys(compilation) : []), ...primaryKeys(compilation), ...table.checks.map(({ args }) => tableCheck(args, dialect))];
  const clause = ifNotExists || guarded ? 'if not exists ' : '';
  const comment = table.single.get('comment');
  return [
    ...(dialect === 'postgres' ? table.columns.flatMap(createEnum).reverse() : []),
    `create table ${clause}${path} (${[...columns, ...keys, ...constraints].join(', ')})${suffix(compilation)}`,
    ...(comment !== undefined && dialect === 'postgres' ? [`comment on table ${path} is '${comment}'`] : []),
    ...columnComments(compilation),
    ...rest.filter(({ method }) => method !== 'primary' && !(dialect === 'sqlite' && method === 'foreign')).flatMap(({ method, args, foreign }) => run(compilation, method, args, foreign)),
  ];
}

function suffix({ table, dialect }: Compilation): string {
  const { single } = table;
  if (dialect === 'postgres') return single.has('inherits') ? ` inherits (${wrap(single.get('inherits') ?? '', dialect)})` : '';
  if (dialect !== 'mysql') return '';
  const part = (key: string, before: string, after = ''): string => (single.has(key) ? `${before}${single.get(key) ?? ''}${after}` : '');
  return part('charset', ' default character set ') + part('collate', ' collate ') + part('engine', ' engine = ') + part('comment', " comment = '", "'");
}

function columnComments({ table, dialect, path }: Compilation): string[] {
  if (dialect !== 'postgres') return [];
  return table.columns.flatMap((column) => {
    const comment = findText(column.modifiers.get('comment')?.[0], 'the comment');
    return comment === undefined ? [] : [`comment on column ${path}.${wrap(nameOfColumn(column), dialect)} is '${comment.replaceAll(/(?<!')'(?!')/g, "''")}'`];
  });
}

function tableCheck([predicate, bindings, name]: readonly Value[], dialect: Dialect): string {
  const constraint = isNothing(name) ? '' : `constraint ${textOf(name, 'the name of the check')} `;
  return `${constraint}check (${bind(isRaw(predicate) ? useRaw(predicate) : textOf(predicate, 'the check'), bindings, dialect)})`;
}

function primaryKeys({ table, dialect }: Compilation): string[] {
  const primary = table.commands.find(({ method, args }) => method === 'primary' && args.length > 0);
  if (!primary) return [];
  const columns = columnize(itemsOf(primary.args[0], 'the columns of the primary key'), dialect);
  const { name, deferrable } = constraintOptions(primary.args[1]);
  if (dialect === 'postgres') return [`constraint ${wrap(name ?? `${table.name}_pkey`, dialect)} primary key (${columns})${deferrable}`];
  const constraint = name === undefined ? '' : `constraint ${wrap(name, dialect)} `;
  return [`${constraint}${dialect === 'sqlite' && table.columns.some(isIncrements) ? 'unique' : 'primary key'} (${columns})`];
}

function inlineForeignKeys({ table, dialect }: Compilation): string[] {
  return table.commands.flatMap(({ method, foreign }) => {
    if (method !== 'foreign' || !foreign?.references || foreign.inTable === undefined) return [];
    const name = foreign.keyName === undefined ? '' : `constraint ${wrap(foreign.keyName, dialect)} `;
    const actions = `${foreign.onDelete === undefined ? '' : ` on delete ${foreign.onDelete}`}${foreign.onUpdate === undefined ? '' : ` on update ${foreign.onUpdate}`}`;
    const columns = columnize(itemsOf(foreign.columns, 'the columns of the foreign key'), dialect);
    const referenced = columnize(itemsOf(foreign.references, 'the referenced columns'), dialect);
    return [`${name}foreign key(${columns}) references ${wrap(foreign.inTable, dialect)}(${referenced})${actions}`];
  });
}

function compileAlter(compilation: Compilation): string[] {
  const { table, dialect, path, guards } = compilation;
  const added = table.columns.filter(({ altered }) => !altered);
  const altered = table.columns.filter((column) => column.altered);
  const prefix = dialect === 'mysql' ? 'add ' : 'add column ';
  // The program asks for one column of those that it adds together.
  const asked = added.some((column) => isGuarded(guards, table.name, false, nameOfColumn(column)));
  const clause = dialect === 'postgres' && asked ? 'if not exists ' : '';
  const definitions = added.map((column) => `${prefix}${clause}${columnSql(column, dialect)}`);
  const comment = table.single.get('comment');
  return [
    ...(dialect === 'postgres' ? table.columns.flatMap(createEnum).reverse() : []),
    ...(dialect === 'sqlite' ? definitions.map((definition) => `alter table ${path} ${definition}`) : definitions.length > 0 ? [`alter table ${path} ${definitions.join(', ')}`] : []),
    ...alterColumns(compilation, altered),
    ...columnComments(compilation),
    ...table.commands.flatMap(({ method, args, foreign }) => run(compilation, method, args, foreign)),
    ...(comment === undefined ? [] : [dialect === 'mysql' ? `alter table ${path} comment = '${comment}'` : `comment on table ${path} is '${comment}'`]),
  ];
}

function alterColumns({ dialect, path }: Compilation, columns: readonly ColumnState[]): string[] {
  if (columns.length === 0) return [];
  if (dialect === 'sqlite') throw rebuilds('alter()');
  if (dialect === 'mysql') return [`alter table ${path} ${columns.map((column) => `modify ${columnSql(column, dialect)}`).join(', ')}`];
  return columns.flatMap((column) => {
    const name = wrap(nameOfColumn(column), dialect);
    const type = columnType(column, dialect);
    const alter = `alter table ${path} alter column ${name}`;
    const fallback = column.modifiers.get('defaultTo');
    const nullable = column.modifiers.get('nullable');
    const isRequired = nullable !== undefined && findBoolean(nullable[0], 'nullable') === false;
    return [
      `${alter} drop default`,
      ...(column.alterNullable ? [`${alter} drop not null`] : []),
      ...(column.alterType ? [`${alter} type ${type} using (${name}${typeOf(column) === 'enu' ? '::text::' : '::'}${type})`] : []),
      ...(fallback ? [`${alter} set default ${defaultOf(fallback[0], typeOf(column))}`] : []),
      ...(column.alterNullable && isRequired ? [`${alter} set not null`] : []),
    ];
  });
}

function rebuilds(method: string): NotConstant {
  return new NotConstant(`\`${method}\` makes Knex rebuild the table on SQLite, whose columns are not known here`);
}

function run(compilation: Compilation, method: string, args: readonly Value[], foreign: ForeignState | undefined): string[] {
  if (compilation.dialect === 'sqlite' && REBUILDING.has(method)) throw rebuilds(method);
  return COMMANDS[method]?.(compilation, args, foreign) ?? [];
}

/** Names that Knex gives: table, columns and kind. */
export function indexName(kind: string, { name }: TableState, columns: Value | undefined): string {
  return `${name.replaceAll(/[.-]/g, '_')}_${plainNames(columns).join('_')}_${kind}`.toLowerCase();
}

function constraintOptions(value: Value | undefined): { readonly name: string | undefined; readonly deferrable: string; readonly options: Value | undefined } {
  if (value?.kind !== 'record') return { name: findText(value, 'the name of the constraint'), deferrable: '', options: undefined };
  const deferrable = findText(entryOf(value, 'deferrable'), 'deferrable');
  const name = findText(entryOf(value, 'constraintName') ?? entryOf(value, 'indexName'), 'the name of the constraint');
  return { name, deferrable: deferrable === undefined ? '' : ` deferrable initially ${deferrable}`, options: value };
}

const REBUILDING = new Set(['foreign', 'primary', 'dropForeign', 'dropPrimary', 'setNullable', 'dropNullable', 'dropColumn', 'check', 'dropChecks']);

function dropNamed(kind: string, ifExists: string): Command {
  return ({ table, dialect, path }, [columns, name]) => {
    const written = wrap(findText(name, 'the name') ?? indexName(kind, table, columns), dialect);
    if (dialect === 'mysql') return [`alter table ${path} drop ${kind === 'foreign' ? 'foreign key' : 'index'} ${written}`];
    if (dialect === 'sqlite') return [`drop index ${ifExists}${written}`];
    return [`alter table ${path} drop constraint ${ifExists}${written}`];
  };
}

const COMMANDS: Readonly<Record<string, Command>> = {
  foreign: ({ table, dialect, path }, _args, foreign) => {
    if (!foreign?.references || foreign.inTable === undefined) return [];
    const name = wrap(foreign.keyName ?? indexName('foreign', table, foreign.columns), dialect);
    const columns = columnize(itemsOf(foreign.columns, 'the columns of the foreign key'), dialect);
    const referenced = columnize(itemsOf(foreign.references, 'the referenced columns'), dialect);
    const actions = [
      foreign.onUpdate === undefined ? '' : ` on update ${foreign.onUpdate}`,
      foreign.onDelete === undefined ? '' : ` on delete ${foreign.onDelete}`,
      foreign.deferrable === undefined ? '' : ` deferrable initially ${foreign.deferrable.toLowerCase()} `,
    ].join('');
    return [`alter table ${path} add constraint ${name} foreign key (${columns}) references ${wrap(foreign.inTable, dialect)} (${referenced})${actions}`];
  },
  primary: ({ table, dialect, path }, [columns, options]) => {
    const { name, deferrable } = constraintOptions(options);
    const list = columnize(itemsOf(columns, 'the columns of the primary key'), dialect);
    const written = wrap(name ?? `${table.name}_pkey`, dialect);
    return [dialect === 'mysql' ? `alter table ${path} add primary key ${written}(${list})` : `alter table ${path} add constraint ${written} primary key (${list})${deferrable}`];
  },
  unique: ({ table, dialect, path, guards }, [columns, options]) => {
    const { name, deferrable, options: record } = constraintOptions(options);
    const written = wrap(name ?? indexName('unique', table, columns), dialect);
    const list = columnize(itemsOf(columns, 'the columns of the key'), dialect);
    const predicate = predicateOf(record);
    if (dialect === 'mysql') return [`alter table ${path} add unique ${written}(${list})${storage(record)}`];
    const asConstraint = findBoolean(entryOf(record, 'useConstraint'), 'useConstraint') ?? (deferrable !== '' || predicate === '');
    if (dialect === 'postgres' && asConstraint) return [`alter table ${path} add constraint ${written} unique (${list})${deferrable}`];
    return [`create unique index ${unlessExists(guards, table.name).toLowerCase()}${written} on ${path} (${list})${predicate}`];
  },
  index: ({ table, dialect, path, guards }, [columns, name, options]) => {
    const written = wrap(findText(name, 'the name of the index') ?? indexName('index', table, columns), dialect);
    const list = columnize(itemsOf(columns, 'the columns of the index'), dialect);
    const plain = options?.kind === 'text' ? textOf(options, 'the kind of the index') : undefined;
    const kind = findText(entryOf(options, 'indexType'), 'the kind of the index');
    const engine = findText(entryOf(options, 'storageEngineIndexType'), 'the kind of the index');
    if (dialect === 'mysql') {
      const type = plain ?? kind;
      return [`alter table ${path} add${type === undefined ? '' : ` ${type}`} index ${written}(${list})${engine === undefined ? '' : ` using ${engine}`}`];
    }
    const method = dialect === 'postgres' ? (plain ?? engine) : undefined;
    const unique = dialect === 'postgres' && kind?.toLowerCase() === 'unique' ? ' unique' : '';
    const clause = unlessExists(guards, table.name).toLowerCase();
    return [`create${unique} index ${clause}${written} on ${path}${method === undefined ? '' : ` using ${method}`} (${list})${predicateOf(options)}`];
  },
  dropColumn: ({ table, dialect, path, guards }, args) => {
    const columns = args.flatMap((arg) => itemsOf(arg, 'the columns')).map((column) => textOf(column, 'the name of the column'));
    const prefix = dialect === 'mysql' ? 'drop ' : 'drop column ';
    const drops = columns.map((column) => `${prefix}${dialect === 'postgres' ? onlyIfExists(guards, table.name, column).toLowerCase() : ''}${wrap(column, dialect)}`);
    return [`alter table ${path} ${drops.join(', ')}`];
  },
  renameColumn: ({ dialect, path }, [from, to]) => {
    const [before, after] = [wrap(textOf(from, 'the name of the column'), dialect), wrap(textOf(to, 'the new name of the column'), dialect)];
    // On MySQL Knex writes the column's definition again, as the database has it.
    return [`alter table ${path} rename ${dialect === 'mysql' ? 'column ' : ''}${before} to ${after}`];
  },
  setNullable: (compilation, [column]) => setNullable(compilation, column, 'drop not null'),
  dropNullable: (compilation, [column]) => setNullable(compilation, column, 'set not null'),
  dropPrimary: ({ table, dialect, path }, [name]) => {
    if (dialect === 'mysql') return [`alter table ${path} drop primary key`];
    return [`alter table ${path} drop constraint ${wrap(findText(name, 'the name of the primary key') ?? `${table.name}_pkey`, dialect)}`];
  },
  dropPrimaryIfExists: ({ table, dialect, path }, [name]) => [
    `alter table ${path} drop constraint if exists ${wrap(findText(name, 'the name of the primary key') ?? `${table.name}_pkey`, dialect)}`,
  ],
  dropIndex: ({ table, dialect, path }, [columns, name]) => {
    const written = wrap(findText(name, 'the name of the index') ?? indexName('index', table, columns), dialect);
    if (dialect === 'mysql') return [`alter table ${path} drop index ${written}`];
    return [`drop index ${table.schema === undefined ? '' : `${wrap(table.schema, dialect)}.`}${written}`];
  },
  dropUnique: dropNamed('unique', ''),
  dropUniqueIfExists: dropNamed('unique', 'if exists '),
  dropForeign: dropNamed('foreign', ''),
  dropForeignIfExists: dropNamed('foreign', 'if exists '),
  check: ({ table, dialect, path }, [predicate, bindings, name]) => {
    const constraint = isNothing(name) ? `${table.name}_1` : textOf(name, 'the name of the check');
    return [`alter table ${path} add constraint ${constraint} check(${bind(textOf(predicate, 'the check'), bindings, dialect)})`];
  },
  dropChecks: ({ path }, args) => {
    const names = args.flatMap((arg) => itemsOf(arg, 'the names of the checks')).map((name) => textOf(name, 'the name of the check'));
    return [`alter table ${path} ${names.map((name) => `drop constraint ${name}`).join(', ')}`];
  },
};

function setNullable({ dialect, path }: Compilation, column: Value | undefined, action: string): string[] {
  if (dialect === 'mysql') throw new NotConstant('Knex writes the definition of the column again on MySQL, which is not known here');
  return [`alter table ${path} alter column ${wrap(textOf(column, 'the name of the column'), dialect)} ${action}`];
}

function storage(options: Value | undefined): string {
  const type = findText(entryOf(options, 'storageEngineIndexType'), 'the kind of the index');
  return type === undefined ? '' : ` using ${type}`;
}

/** Condition of a partial index: `knex.whereNotNull('a')`. */
function predicateOf(options: Value | undefined): string {
  const predicate = entryOf(options, 'predicate');
  if (isNothing(predicate)) return '';
  if (isRaw(predicate)) return ` where ${useRaw(predicate)}`;
  if (predicate.kind !== 'builder' || predicate.type !== 'query') throw new NotConstant('the condition of the index is not constant');
  const state = predicate.state as { used: boolean; readonly conditions: readonly string[] };
  state.used = true;
  return state.conditions.length === 0 ? '' : ` where ${state.conditions.join(' and ')}`;
}
