import type { Dialect } from '../migration-files.ts';
import { isGuarded } from './guards.ts';
import { columnSql } from './knex-columns.ts';
import { COMMANDS, REBUILDING, constraintOptions, rebuilds, type Compilation } from './knex-commands.ts';
import { isIncrements, nameOfColumn, typeOf, type ColumnState, type ForeignState, type TableState } from './knex-states.ts';
import { columnType, createEnum } from './knex-types.ts';
import { bind, columnize, defaultOf, isRaw, useRaw, wrap } from './knex-values.ts';
import type { Guard } from './renderers.ts';
import { findBoolean, findText, isNothing, itemsOf, textOf, type Value } from './values.ts';

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

function run(compilation: Compilation, method: string, args: readonly Value[], foreign: ForeignState | undefined): string[] {
  if (compilation.dialect === 'sqlite' && REBUILDING.has(method)) throw rebuilds(method);
  return COMMANDS[method]?.(compilation, args, foreign) ?? [];
}
