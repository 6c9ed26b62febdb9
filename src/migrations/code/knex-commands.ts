import type { Dialect } from '../migration-files.ts';
import { onlyIfExists, unlessExists } from './guards.ts';
import type { ForeignState, TableState } from './knex-states.ts';
import { bind, columnize, isRaw, plainNames, useRaw, wrap } from './knex-values.ts';
import type { Guard } from './renderers.ts';
import { NotConstant, entryOf, findBoolean, findText, isNothing, itemsOf, textOf, type Value } from './values.ts';

export interface Compilation {
  readonly table: TableState;
  readonly dialect: Dialect;
  readonly guards: readonly Guard[];
  /** Table name as it is written. */
  readonly path: string;
}

type Command = (compilation: Compilation, args: readonly Value[], foreign?: ForeignState) => string[];

export function rebuilds(method: string): NotConstant {
  return new NotConstant(`\`${method}\` makes Knex rebuild the table on SQLite, whose columns are not known here`);
}

/** Names that Knex gives: table, columns and kind. */
export function indexName(kind: string, { name }: TableState, columns: Value | undefined): string {
  return `${name.replaceAll(/[.-]/g, '_')}_${plainNames(columns).join('_')}_${kind}`.toLowerCase();
}

export interface ConstraintOptions {
  readonly name: string | undefined;
  readonly deferrable: string;
  readonly options: Value | undefined;
}

export function constraintOptions(value: Value | undefined): ConstraintOptions {
  if (value?.kind !== 'record') return { name: findText(value, 'the name of the constraint'), deferrable: '', options: undefined };
  const deferrable = findText(entryOf(value, 'deferrable'), 'deferrable');
  const name = findText(entryOf(value, 'constraintName') ?? entryOf(value, 'indexName'), 'the name of the constraint');
  return { name, deferrable: deferrable === undefined ? '' : ` deferrable initially ${deferrable}`, options: value };
}

export const REBUILDING = new Set(['foreign', 'primary', 'dropForeign', 'dropPrimary', 'setNullable', 'dropNullable', 'dropColumn', 'check', 'dropChecks']);

function dropNamed(kind: string, ifExists: string): Command {
  return ({ table, dialect, path }, [columns, name]) => {
    const written = wrap(findText(name, 'the name') ?? indexName(kind, table, columns), dialect);
    if (dialect === 'mysql') return [`alter table ${path} drop ${kind === 'foreign' ? 'foreign key' : 'index'} ${written}`];
    if (dialect === 'sqlite') return [`drop index ${ifExists}${written}`];
    return [`alter table ${path} drop constraint ${ifExists}${written}`];
  };
}

export const COMMANDS: Readonly<Record<string, Command>> = {
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
