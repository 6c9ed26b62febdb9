import type { AlterCommand, ColumnDefinition, ColumnType } from '../statements.ts';
import { findColumn, type MysqlColumn, type MysqlTable } from './mysql-schema.ts';

/**
 * What InnoDB does for a clause at best. `instant`: the dictionary alone; `inplace`: indexes or the table, while others write;
 * `blocking`: in place, but nobody writes meanwhile; `copy`: the whole table into a new one, nobody writes; `unknown`: not said here.
 */
export type OnlineWork = 'instant' | 'inplace' | 'blocking' | 'copy' | 'unknown';

export interface ClauseWork {
  readonly work: OnlineWork;
  /** What asks for it, for people. */
  readonly what: string;
  /** VARCHAR lengths in bytes before and after, where they cross from one length byte to two. */
  readonly crosses?: { readonly from: number; readonly to: number; readonly charset: string };
}

/** What the answer depends on besides the clause. */
export interface OnlineContext {
  readonly table: MysqlTable | undefined;
  /** Clauses of the same statement. */
  readonly commands: readonly AlterCommand[];
  /** `SET foreign_key_checks = 0` is in force. */
  readonly foreignKeyChecksOff: boolean;
  readonly isMariadb: boolean;
}

const INPLACE: ClauseWork = { work: 'inplace', what: '' };
const INSTANT: ClauseWork = { work: 'instant', what: '' };
const UNKNOWN: ClauseWork = { work: 'unknown', what: '' };

const PARTITION_WORK: Readonly<Record<string, OnlineWork>> = {
  'partition by': 'copy',
  'remove partitioning': 'copy',
  'coalesce partition': 'blocking',
  'reorganize partition': 'blocking',
  'rebuild partition': 'blocking',
  'optimize partition': 'copy',
  'order by': 'copy',
};

/**
 * Work of one clause of `ALTER TABLE`. Sources: MySQL 8.0 and 9.x manual, "Online DDL Operations" (17.12.1); MariaDB 10.11 was asked for each
 * with `ALGORITHM=INSTANT`, `INPLACE`, and `LOCK=NONE`.
 */
export function workOf(command: AlterCommand, context: OnlineContext): ClauseWork {
  switch (command.kind) {
    case 'addColumn':
      return workOfAddition(command.column);
    case 'dropColumn':
    case 'renameColumn':
    case 'renameTable':
    case 'setDefault':
    case 'dropDefault':
      return INSTANT;
    case 'modifyColumn':
      return workOfChange(findColumn(context.table, command.column), command.definition, context);
    case 'addIndex': {
      const { method } = command.index;
      return method === 'fulltext' || method === 'spatial' ? { work: 'blocking', what: `a ${method.toUpperCase()} index` } : INPLACE;
    }
    case 'dropIndex':
      return INPLACE;
    case 'renameIndex':
    case 'dropConstraint':
      return context.isMariadb ? INSTANT : INPLACE;
    case 'dropPrimaryKey': {
      const isReplaced = context.commands.some((other) => other.kind === 'addConstraint' && other.constraint.kind === 'primaryKey');
      return isReplaced ? INPLACE : { work: 'copy', what: 'dropping the primary key without adding another' };
    }
    case 'addConstraint':
      return workOfConstraint(command.constraint.kind, command.constraint.notEnforced === true, context);
    case 'convertCharset':
      return context.table?.charset === command.charset ? INPLACE : { work: 'copy', what: `converting the table to ${command.charset}` };
    case 'setOptions':
      return workOfOption(command.options[0] ?? '', context);
    case 'other': {
      const work = PARTITION_WORK[command.command];
      return work ? { work, what: `\`${command.command.toUpperCase()}\`` } : command.command === 'force' ? INPLACE : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

function workOfAddition({ generated, identity, default: value }: ColumnDefinition): ClauseWork {
  if (generated === 'stored') return { work: 'copy', what: 'a STORED column' };
  if (identity) return { work: 'blocking', what: 'an AUTO_INCREMENT column' };
  // `DEFAULT (uuid())` has to be computed per row; MariaDB copies for some expressions and not for others.
  return value?.volatility === 'unknown' ? UNKNOWN : INSTANT;
}

function workOfConstraint(kind: string, notEnforced: boolean, { foreignKeyChecksOff }: OnlineContext): ClauseWork {
  if (kind === 'foreignKey') return foreignKeyChecksOff ? INPLACE : { work: 'copy', what: 'a foreign key, while `foreign_key_checks` is on' };
  if (kind === 'check') return notEnforced ? UNKNOWN : { work: 'copy', what: 'a CHECK constraint' };
  return INPLACE;
}

function workOfOption(option: string, { table }: OnlineContext): ClauseWork {
  const [name, value = ''] = option.split('=');
  if (name === 'engine' && table?.engine !== undefined && table.engine !== value) return { work: 'copy', what: `the change of the engine to ${value}` };
  if (name === 'encryption') return { work: 'copy', what: '`ENCRYPTION`' };
  return name === 'row_format' || name === 'key_block_size' || name === 'engine' || name === 'charset' ? INPLACE : UNKNOWN;
}

/** Bytes of a character at most. */
const WIDTHS: Readonly<Record<string, number>> = {
  utf8mb4: 4, utf8: 3, utf8mb3: 3, utf16: 4, utf16le: 4, utf32: 4, ucs2: 2, latin1: 1, ascii: 1, binary: 1, latin2: 1, cp1252: 1, gbk: 2, big5: 2, sjis: 2,
};

function workOfChange(before: MysqlColumn | undefined, after: ColumnDefinition, { table, isMariadb }: OnlineContext): ClauseWork {
  if (!before?.type || !after.type) return UNKNOWN;
  if (after.generated === 'stored') return { work: 'copy', what: 'the new definition of a STORED column' };
  const [from, to] = [before.type, after.type];
  const what = `the change of its type from ${written(from)} to ${written(to)}`;
  const charset = after.charset ?? table?.charset ?? before.charset;
  if (before.charset !== undefined && charset !== undefined && canonical(before.charset) !== canonical(charset) && isText(to)) {
    return isMariadb ? UNKNOWN : { work: 'copy', what: `the change of its character set from ${before.charset} to ${charset}` };
  }
  if (from.name === 'varchar' && to.name === 'varchar') {
    const byLength = workOfLength(from, to, charset ?? 'utf8mb4', { what, isMariadb });
    return byLength.work === 'instant' && before.notNull !== after.notNull ? INPLACE : byLength;
  }
  if ((from.name === 'enum' || from.name === 'set') && from.name === to.name) return workOfMembers(from, to);
  if (!isSameType(from, to)) return { work: 'copy', what };
  return before.notNull === after.notNull && (isMariadb || after.position === undefined) ? INSTANT : INPLACE;
}

function workOfLength(from: ColumnType, to: ColumnType, charset: string, { what, isMariadb }: { what: string; isMariadb: boolean }): ClauseWork {
  const [before = 0, after = 0] = [from.args[0], to.args[0]];
  const width = WIDTHS[charset] ?? 1;
  if (after < before) return { work: 'copy', what };
  if (before * width < 256 && after * width > 255) return { work: 'copy', what, crosses: { from: before * width, to: after * width, charset } };
  return isMariadb ? INSTANT : INPLACE;
}

/** New members at the end are free while the value keeps its size; all others are renumbered. */
function workOfMembers(from: ColumnType, to: ColumnType): ClauseWork {
  const [before = [], after = []] = [from.values, to.values];
  const isAppended = before.every((value, i) => after[i] === value);
  const size = (count: number): number => (from.name === 'enum' ? (count > 255 ? 2 : 1) : Math.ceil(count / 8));
  if (isAppended && size(before.length) === size(after.length)) return INSTANT;
  const type = from.name.toUpperCase();
  const what = isAppended ? `the larger size of the ${type}` : `members of the ${type} that change otherwise than at its end`;
  return { work: 'copy', what };
}

/** Display widths of integers mean nothing. */
function isSameType(from: ColumnType, to: ColumnType): boolean {
  if (from.name !== to.name || from.unsigned !== to.unsigned) return false;
  return /int$|^(?:year|bit)$/.test(from.name) || from.args.join() === to.args.join();
}

function isText({ name }: ColumnType): boolean {
  return /char$|text$|^(?:enum|set)$/.test(name);
}

function canonical(charset: string): string {
  return charset === 'utf8' ? 'utf8mb3' : charset;
}

export function written({ name, args, unsigned }: ColumnType): string {
  return `${name}${args.length > 0 ? `(${args.join(',')})` : ''}${unsigned ? ' unsigned' : ''}`;
}
