import { isNothing, textOf, type Value } from './values.ts';

export interface ColumnState {
  readonly type: string;
  readonly args: readonly Value[];
  readonly table: TableState;
  readonly modifiers: Map<string, readonly Value[]>;
  altered: boolean;
  alterNullable: boolean;
  alterType: boolean;
}

/** What a table builder collects. */
export interface TableState {
  readonly create: boolean;
  readonly schema?: string;
  readonly name: string;
  readonly columns: ColumnState[];
  /** Indexes, keys, drops and renames in the order in which they were called. */
  readonly commands: { readonly method: string; readonly args: readonly Value[]; readonly foreign?: ForeignState }[];
  readonly checks: { readonly args: readonly Value[] }[];
  readonly single: Map<string, string>;
}

export interface ForeignState {
  readonly columns: Value | undefined;
  keyName?: string;
  references?: Value;
  inTable?: string;
  onDelete?: string;
  onUpdate?: string;
  deferrable?: string;
}

const ALIASES: Readonly<Record<string, string>> = { float: 'floating', enum: 'enu', boolean: 'bool', string: 'varchar', bigint: 'bigInteger', int: 'integer' };

/** Types of the table builder by the method. */
export const COLUMN_TYPES: readonly string[] = (
  'tinyint smallint mediumint int bigint decimal float double real bit boolean serial date datetime timestamp time year geometry geography point char varchar ' +
  'tinytext tinyText text mediumtext mediumText longtext longText binary varbinary tinyblob tinyBlob mediumblob mediumBlob blob longblob longBlob enum set bool ' +
  'dateTime increments bigincrements bigIncrements integer biginteger bigInteger string json jsonb uuid enu specificType'
).split(' ');

export function typeOf(column: ColumnState): string {
  return (ALIASES[column.type] ?? column.type).toLowerCase();
}

export function isIncrements(column: ColumnState): boolean {
  return typeOf(column).includes('increments');
}

export function nameOfColumn(column: ColumnState): string {
  return isNothing(column.args[0]) && isIncrements(column) ? 'id' : textOf(column.args[0], 'the name of the column');
}
