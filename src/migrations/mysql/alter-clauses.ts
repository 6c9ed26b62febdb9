import type { Token } from '../sql-lexer.ts';
import type { AlterCommand, OnlineClauses } from '../statements.ts';
import { readColumn, readDefault } from './columns.ts';
import { readTableOption } from './table-options.ts';
import { atTablePart, readTablePart } from './table-parts.ts';
import { cursorOver, splitAtCommas, type TokenCursor } from './token-cursor.ts';

/** Partition clauses by their first words; they stand alone in a statement or at its end. */
const PARTITIONING = [
  ['partition', 'by'], ['remove', 'partitioning'], ['add', 'partition'], ['drop', 'partition'], ['truncate', 'partition'], ['coalesce', 'partition'],
  ['reorganize', 'partition'], ['exchange', 'partition'], ['analyze', 'partition'], ['check', 'partition'], ['optimize', 'partition'],
  ['rebuild', 'partition'], ['repair', 'partition'], ['discard', 'partition'], ['import', 'partition'], ['convert', 'partition'], ['convert', 'table'],
] as const;

const PLAIN = [
  ['force'], ['disable', 'keys'], ['enable', 'keys'], ['discard', 'tablespace'], ['import', 'tablespace'], ['with', 'validation'], ['without', 'validation'],
] as const;

/** Clauses of an `ALTER TABLE` after the table's name. */
export function readAlterClauses(text: string, tokens: readonly Token[]): { readonly commands: readonly AlterCommand[]; readonly online: OnlineClauses } {
  const commands: AlterCommand[] = [];
  const online: { algorithm?: string; lock?: string } = {};
  const head = cursorOver(text, tokens);
  const isPartitioning = PARTITIONING.some(([first, second]) => head.word() === first && head.word(1) === second);
  const runs = isPartitioning ? [tokens] : splitAtCommas(text, tokens).filter((run) => run.length > 0);
  for (const run of runs) {
    const cursor = cursorOver(text, run);
    // `PARTITION BY` may follow a clause or option without a comma, and options follow each other so.
    while (!cursor.atEnd()) {
      const clause = readOnlineClause(cursor);
      if (clause) Object.assign(online, clause);
      else commands.push(...readClause(text, cursor));
    }
  }
  return { commands, online };
}

/** `ALGORITHM = INPLACE`, `LOCK NONE`; undefined for what is neither. */
export function readOnlineClause(cursor: TokenCursor): OnlineClauses | undefined {
  const key = cursor.word() === 'algorithm' ? 'algorithm' : cursor.word() === 'lock' ? 'lock' : undefined;
  if (!key) return undefined;
  cursor.skip();
  cursor.acceptSymbol('=');
  return { [key]: cursor.name().toLowerCase() };
}

function readClause(text: string, cursor: TokenCursor): AlterCommand[] {
  const start = cursor.offset;
  const placed = <T extends object>(command: T): T & { start: number; end: number } => ({ ...command, ...cursor.spanFrom(start) });
  const other = (command: string): AlterCommand[] => [placed({ kind: 'other' as const, command })];
  const partitioning = PARTITIONING.find(([first, second]) => cursor.word() === first && cursor.word(1) === second);
  if (partitioning) {
    while (!cursor.atEnd()) cursor.skip();
    return other(partitioning.join(' '));
  }
  if (cursor.accept('add')) return readAddition(text, cursor, start);
  if (cursor.accept('drop')) return [placed(readDrop(cursor))];
  if (cursor.word() === 'modify' || cursor.word() === 'change') {
    const isChange = cursor.word() === 'change';
    cursor.skip();
    cursor.accept('column');
    cursor.accept('if', 'exists');
    const old = isChange ? cursor.name() : undefined;
    const definition = readColumn(text, cursor, start);
    return [placed({ kind: 'modifyColumn' as const, column: old ?? definition.name, definition })];
  }
  if (cursor.accept('alter')) return [placed(readAlter(cursor))];
  if (cursor.accept('rename')) return [placed(readRename(cursor))];
  if (cursor.accept('convert', 'to')) {
    if (!cursor.accept('character', 'set')) cursor.expect('charset');
    const charset = cursor.name().toLowerCase();
    const collation = cursor.accept('collate') ? cursor.name().toLowerCase() : undefined;
    return [placed({ kind: 'convertCharset' as const, charset, ...(collation === undefined ? {} : { collation }) })];
  }
  if (cursor.accept('order', 'by')) {
    while (!cursor.atEnd()) cursor.skip();
    return other('order by');
  }
  for (const words of PLAIN) if (cursor.accept(...words)) return other(words.join(' '));
  const option = readTableOption(cursor);
  if (!option) return cursor.fail('a clause of ALTER TABLE expected');
  return [placed({ kind: 'setOptions' as const, options: [`${option.name}=${option.value}`] })];
}

function readAddition(text: string, cursor: TokenCursor, start: number): AlterCommand[] {
  if (atTablePart(cursor)) {
    const part = readTablePart(text, cursor);
    const span = cursor.spanFrom(start);
    if ('index' in part) return [{ ...span, kind: 'addIndex', index: part.index }];
    return [{ ...span, kind: 'addConstraint', constraint: { ...part.constraint, ...span } }];
  }
  cursor.accept('column');
  const ifNotExists = cursor.accept('if', 'not', 'exists');
  const several = cursor.brackets();
  if (!several) {
    const column = readColumn(text, cursor, start);
    return [{ ...cursor.spanFrom(start), kind: 'addColumn', column, ifNotExists }];
  }
  return splitAtCommas(text, several).flatMap((run): AlterCommand[] => {
    const own = cursorOver(text, run);
    const from = own.offset;
    if (atTablePart(own)) return readAddition(text, own, from);
    const column = readColumn(text, own);
    if (!own.atEnd()) own.fail('the end of the column expected');
    return [{ ...own.spanFrom(from), kind: 'addColumn', column, ifNotExists }];
  });
}

type Unplaced<T> = T extends unknown ? Omit<T, 'start' | 'end'> : never;

function readDrop(cursor: TokenCursor): Unplaced<AlterCommand> {
  if (cursor.accept('primary', 'key')) return { kind: 'dropPrimaryKey' };
  const what = cursor.word();
  if (what === 'index' || what === 'key') {
    cursor.skip();
    cursor.accept('if', 'exists');
    return { kind: 'dropIndex', index: cursor.name() };
  }
  if (cursor.accept('foreign', 'key') || cursor.accept('constraint') || cursor.accept('check')) {
    const ifExists = cursor.accept('if', 'exists');
    return { kind: 'dropConstraint', constraint: cursor.name(), ifExists };
  }
  cursor.accept('column');
  const ifExists = cursor.accept('if', 'exists');
  const column = cursor.name();
  if (!cursor.accept('restrict')) cursor.accept('cascade');
  return { kind: 'dropColumn', column, ifExists, cascade: false };
}

function readAlter(cursor: TokenCursor): Unplaced<AlterCommand> {
  if (cursor.accept('index') || cursor.accept('key')) {
    cursor.accept('if', 'exists');
    const index = cursor.name();
    if (!cursor.accept('visible') && !cursor.accept('invisible') && !cursor.accept('not', 'ignored')) cursor.expect('ignored');
    return { kind: 'other', command: `alter index ${index}` };
  }
  if (cursor.accept('check') || cursor.accept('constraint')) {
    const constraint = cursor.name();
    const notEnforced = cursor.accept('not');
    cursor.expect('enforced');
    return { kind: 'alterConstraint', constraint, changes: ['enforceability'], notEnforced };
  }
  cursor.accept('column');
  cursor.accept('if', 'exists');
  const column = cursor.name();
  if (cursor.accept('drop', 'default')) return { kind: 'dropDefault', column };
  if (cursor.accept('set', 'default')) return { kind: 'setDefault', column, default: readDefault(cursor) };
  cursor.expect('set');
  if (!cursor.accept('visible')) cursor.expect('invisible');
  return { kind: 'other', command: 'set visibility', column };
}

function readRename(cursor: TokenCursor): Unplaced<AlterCommand> {
  const what = cursor.word();
  if ((what === 'column' || what === 'index' || what === 'key') && cursor.word(1) !== 'to') {
    cursor.skip();
    cursor.accept('if', 'exists');
    const from = cursor.name();
    cursor.expect('to');
    return { kind: what === 'column' ? 'renameColumn' : 'renameIndex', from, to: cursor.name() };
  }
  if (!cursor.accept('to') && !cursor.accept('as')) cursor.acceptSymbol('=');
  return { kind: 'renameTable', to: cursor.qualifiedName() };
}
