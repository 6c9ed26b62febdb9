import type { AlterTableCmd, ColumnDef, Node } from 'libpg-query';
import type { Span } from '../facts/types.ts';
import { lowerColumn, lowerConstraint, lowerDefault } from './column-definitions.ts';
import { lowerType } from './column-types.ts';
import { wordOf } from './split-statements.ts';
import type { Token } from './sql-lexer.ts';
import type { AlterCommand, ColumnType } from './statements.ts';
import { columnOf, nameOfRelation } from './syntax-tree.ts';

/**
 * Spans of the commands of one `ALTER TABLE`. The tree has no place for them; the i-th command is the i-th run of tokens
 * between commas outside brackets, the first one without the `ALTER TABLE [IF EXISTS] [ONLY] name [*]` before it.
 */
export function locateCommands(text: string, tokens: readonly Token[]): Span[] {
  const spans: Span[] = [];
  let depth = 0;
  let start: number | undefined;
  let end = 0;
  for (const token of tokens.slice(headLength(text, tokens))) {
    const symbol = token.kind === 'symbol' ? (text[token.start] ?? '') : '';
    if ('(['.includes(symbol) && symbol !== '') depth += 1;
    if (')]'.includes(symbol) && symbol !== '') depth -= 1;
    if (symbol === ',' && depth === 0) {
      if (start !== undefined) spans.push({ start, end });
      start = undefined;
      continue;
    }
    start ??= token.start;
    end = token.end;
  }
  if (start !== undefined) spans.push({ start, end });
  return spans;
}

const OBJECT_WORDS = new Set(['table', 'foreign', 'materialized', 'view', 'index', 'sequence', 'type']);

/** Number of tokens up to and with the name of what is altered. */
function headLength(text: string, tokens: readonly Token[]): number {
  let at = 1;
  while (OBJECT_WORDS.has(wordOf(text, tokens[at]))) at += 1;
  if (wordOf(text, tokens[at]) === 'if') at += 2;
  if (wordOf(text, tokens[at]) === 'only') at += 1;
  const parenthesised = symbolOf(text, tokens[at]) === '(';
  if (parenthesised) at += 1;
  at += 1;
  while (symbolOf(text, tokens[at]) === '.') at += 2;
  if (parenthesised || symbolOf(text, tokens[at]) === '*') at += 1;
  return at;
}

function symbolOf(text: string, token: Token | undefined): string {
  return token?.kind === 'symbol' ? (text[token.start] ?? '') : '';
}

export function lowerCommand(command: AlterTableCmd, span: Span): AlterCommand {
  const { start, end } = span;
  const column = command.name ?? '';
  const definition = command.def && 'ColumnDef' in command.def ? command.def.ColumnDef : undefined;
  const ifExists = command.missing_ok === true;
  const other: AlterCommand = { start, end, kind: 'other', command: command.subtype ?? '', ...(column === '' ? {} : { column }) };
  switch (command.subtype) {
    case 'AT_AddColumn':
      return definition ? { start, end, kind: 'addColumn', column: lowerColumn(definition, span), ifNotExists: ifExists } : other;
    case 'AT_DropColumn':
      return { start, end, kind: 'dropColumn', column, ifExists, cascade: command.behavior === 'DROP_CASCADE' };
    case 'AT_AlterColumnType':
      return definition ? (lowerTypeChange(column, definition, span) ?? other) : other;
    case 'AT_SetNotNull':
      return { start, end, kind: 'setNotNull', column };
    case 'AT_DropNotNull':
      return { start, end, kind: 'dropNotNull', column };
    case 'AT_DropExpression':
      return { start, end, kind: 'dropExpression', column };
    case 'AT_ColumnDefault':
      return command.def ? { start, end, kind: 'setDefault', column, default: lowerDefault(command.def) } : { start, end, kind: 'dropDefault', column };
    case 'AT_AddConstraint': {
      const constraint = command.def && 'Constraint' in command.def ? lowerConstraint(command.def.Constraint) : undefined;
      return constraint ? { start, end, kind: 'addConstraint', constraint } : other;
    }
    case 'AT_ValidateConstraint':
      return { start, end, kind: 'validateConstraint', constraint: column, ifExists };
    case 'AT_DropConstraint':
      return { start, end, kind: 'dropConstraint', constraint: column, ifExists };
    case 'AT_AttachPartition':
    case 'AT_DetachPartition': {
      if (!command.def || !('PartitionCmd' in command.def)) return other;
      const { name, concurrent } = command.def.PartitionCmd;
      const kind = command.subtype === 'AT_AttachPartition' ? 'attachPartition' : 'detachPartition';
      return { start, end, kind, partition: nameOfRelation(name), concurrently: concurrent === true };
    }
    default:
      return other;
  }
}

function lowerTypeChange(column: string, definition: ColumnDef, { start, end }: Span): AlterCommand | undefined {
  const type = lowerType(definition.typeName);
  if (!type) return undefined;
  const using = usingOf(column, type, definition.raw_default);
  return { start, end, kind: 'setType', column, type, using, ...(definition.collClause ? { collation: true as const } : {}) };
}

/** `USING a` and `USING a::type` say what the server would do anyhow. */
function usingOf(column: string, type: ColumnType, expression: Node | undefined): 'none' | 'plainCast' | 'expression' {
  if (!expression) return 'none';
  if (columnOf(expression) === column) return 'plainCast';
  if (!('TypeCast' in expression) || columnOf(expression.TypeCast.arg) !== column) return 'expression';
  const cast = lowerType(expression.TypeCast.typeName);
  return cast && JSON.stringify(cast) === JSON.stringify(type) ? 'plainCast' : 'expression';
}
