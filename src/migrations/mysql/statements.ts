import type { Span } from '../../facts/types.ts';
import { unquoteToken } from '../dialect-lexer.ts';
import type { Token } from '../sql-lexer.ts';
import type { ColumnDefinition, ConstraintDefinition, CreateTableStatement, DropStatement, QualifiedName, Statement, TableIndex } from '../statements.ts';
import { readAlterClauses, readOnlineClause } from './alter-clauses.ts';
import { readColumn, readKeyParts } from './columns.ts';
import { readData } from './data.ts';
import { readTableOption } from './table-options.ts';
import { atTablePart, passIndexOptions, readTablePart } from './table-parts.ts';
import { cursorOver, splitAtCommas, type TokenCursor } from './token-cursor.ts';

const DROPPED: Readonly<Record<string, DropStatement['object']>> = {
  table: 'table', tables: 'table', view: 'view', trigger: 'trigger', database: 'schema', schema: 'schema',
};

type Reader = (text: string, cursor: TokenCursor, tokens: readonly Token[], span: Span) => readonly Statement[];

const TRANSACTION: Readonly<Record<string, 'begin' | 'commit' | 'rollback' | 'savepoint'>> = {
  begin: 'begin', start: 'begin', commit: 'commit', rollback: 'rollback', savepoint: 'savepoint', release: 'savepoint',
};

const READERS: Readonly<Record<string, Reader>> = {
  create: readCreate,
  alter: readAlter,
  drop: readDrop,
  rename: readRenameTable,
  truncate(_text, cursor, _tokens, span) {
    cursor.skip();
    cursor.accept('table');
    return [{ ...span, kind: 'truncate', tables: [cursor.qualifiedName()], filtered: false }];
  },
  set: readSet,
  lock(_text, cursor, _tokens, span) {
    cursor.expect('lock');
    if (!cursor.accept('tables')) cursor.accept('table');
    const table = cursor.qualifiedName();
    return [{ ...span, kind: 'lock', tables: [table], mode: cursor.word() === 'read' ? 'read' : 'write', only: false }];
  },
  optimize: (_text, cursor, _tokens, span) => {
    cursor.skip();
    return [{ ...span, kind: 'other', node: `optimize ${cursor.word()}` }];
  },
};

/** Words that begin statements which are understood and have no meaning here. */
const HARMLESS = new Set(
  'use grant revoke flush unlock analyze check repair show describe explain call do prepare execute deallocate help install kill load'.split(' '),
);
/** What `CREATE` makes besides tables and indexes. */
const CREATED = 'view trigger procedure function event database schema user role server sequence package'.split(' ');

/** Reads one statement; several for a `RENAME TABLE` of several tables. @throws UnreadableSql */
export function readMysqlStatement(text: string, cursor: TokenCursor, tokens: readonly Token[], span: Span): readonly Statement[] {
  const first = cursor.word();
  const action = TRANSACTION[first];
  if (action) {
    const isSavepoint = action === 'rollback' && (cursor.word(1) === 'to' || cursor.word(2) === 'to');
    return [{ ...span, kind: 'transaction', action: isSavepoint ? 'savepoint' : action }];
  }
  const read = READERS[first];
  if (read) return read(text, cursor, tokens, span);
  const data = readData(text, cursor, tokens, span);
  if (data) return [data];
  if (HARMLESS.has(first)) return [{ ...span, kind: 'other', node: first }];
  return cursor.fail('a statement expected');
}

function readCreate(text: string, cursor: TokenCursor, tokens: readonly Token[], span: Span): readonly Statement[] {
  cursor.expect('create');
  const orReplace = cursor.accept('or', 'replace');
  const temporary = cursor.accept('temporary');
  if (cursor.accept('table')) return [readCreateTable(text, cursor, span, temporary)];
  const method = cursor.accept('fulltext') ? 'fulltext' : cursor.accept('spatial') ? 'spatial' : cursor.accept('vector') ? 'vector' : 'btree';
  const unique = cursor.accept('unique');
  if (cursor.accept('index')) return [readCreateIndex(text, cursor, span, method, unique)];
  const words = tokens.slice(0, 24).map((token) => (token.kind === 'word' ? text.slice(token.start, token.end).toLowerCase() : ''));
  const object = words.find((word) => CREATED.includes(word));
  if (object === undefined) return cursor.fail('an object to create expected');
  while (cursor.word() !== object) cursor.skip();
  cursor.skip();
  const ifNotExists = cursor.accept('if', 'not', 'exists');
  if (object === 'view') {
    return [{ ...span, kind: 'createView', view: cursor.qualifiedName(), materialized: false, ...(orReplace ? { orReplace: true as const } : {}) }];
  }
  if (object === 'database' || object === 'schema') return [{ ...span, kind: 'createSchema', name: cursor.name(), ifNotExists }];
  if (object === 'trigger') {
    const { name } = cursor.qualifiedName();
    while (!cursor.atEnd() && cursor.word() !== 'on') cursor.skip();
    cursor.expect('on');
    return [{ ...span, kind: 'createTrigger', name, table: cursor.qualifiedName(), rowLevel: true }];
  }
  return [{ ...span, kind: 'other', node: `create ${object}` }];
}

function readCreateTable(text: string, cursor: TokenCursor, span: Span, temporary: boolean): CreateTableStatement {
  const ifNotExists = cursor.accept('if', 'not', 'exists');
  const table = cursor.qualifiedName();
  const base = { ...span, kind: 'createTable', table, temporary, ifNotExists, partitioned: false, inherits: [] } as const;
  const empty = { columns: [], constraints: [], like: [], fromQuery: false };
  if (cursor.accept('like')) return { ...base, ...empty, like: [cursor.qualifiedName()] };
  const inside = cursor.brackets();
  const columns: ColumnDefinition[] = [];
  const constraints: ConstraintDefinition[] = [];
  const indexes: TableIndex[] = [];
  for (const run of inside ? splitAtCommas(text, inside) : []) {
    const own = cursorOver(text, run);
    if (own.accept('like')) return { ...base, ...empty, like: [own.qualifiedName()] };
    if (atTablePart(own)) {
      const part = readTablePart(text, own);
      if ('index' in part) indexes.push(part.index);
      else constraints.push(part.constraint);
    } else if (!own.accept('period', 'for')) columns.push(readColumn(text, own));
    else while (!own.atEnd()) own.skip();
    if (!own.atEnd()) own.fail('the end of the definition expected');
  }
  const options: Record<string, string> = {};
  for (;;) {
    cursor.acceptSymbol(',');
    if (cursor.accept('with', 'system', 'versioning')) continue;
    const option = readTableOption(cursor);
    if (!option) break;
    options[option.name] = option.value;
  }
  const partitioned = cursor.word() === 'partition';
  const fromQuery = !partitioned && !cursor.atEnd();
  if (fromQuery && !['as', 'select', 'ignore', 'replace', 'with', ''].includes(cursor.word())) cursor.fail('an option of the table or a query expected');
  return { ...base, partitioned, columns, constraints, indexes, options, like: [], fromQuery };
}

function readCreateIndex(text: string, cursor: TokenCursor, span: Span, method: string, unique: boolean): Statement {
  const ifNotExists = cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  if (cursor.accept('using')) cursor.skip();
  cursor.expect('on');
  const table = cursor.qualifiedName();
  const columns = readKeyParts(text, cursor);
  const online = {};
  while (!cursor.atEnd()) {
    passIndexOptions(cursor);
    cursor.acceptSymbol(',');
    const clause = cursor.atEnd() ? {} : (readOnlineClause(cursor) ?? cursor.fail('`ALGORITHM` or `LOCK` expected'));
    Object.assign(online, clause);
  }
  return {
    ...span, kind: 'createIndex', name, table, unique, concurrently: false, ifNotExists, only: false, method, columns, included: [], partial: false, online,
  };
}

function readAlter(text: string, cursor: TokenCursor, tokens: readonly Token[], span: Span): readonly Statement[] {
  cursor.expect('alter');
  while (cursor.accept('online') || cursor.accept('ignore'));
  if (!cursor.accept('table')) return [{ ...span, kind: 'other', node: `alter ${cursor.word()}` }];
  const ifExists = cursor.accept('if', 'exists');
  const table = cursor.qualifiedName();
  if (cursor.word() === 'wait' || cursor.word() === 'nowait') cursor.skip();
  const from = cursor.offset;
  const { commands, online } = readAlterClauses(text, cursor.atEnd() ? [] : tokens.filter(({ start }) => start >= from));
  return [{ ...span, kind: 'alterTable', object: 'table', table, ifExists, commands, ...(Object.keys(online).length > 0 ? { online } : {}) }];
}

function readDrop(_text: string, cursor: TokenCursor, _tokens: readonly Token[], span: Span): readonly Statement[] {
  cursor.expect('drop');
  cursor.accept('temporary');
  const object = cursor.word();
  cursor.skip();
  const ifExists = cursor.accept('if', 'exists');
  const base = { ...span, kind: 'drop', concurrently: false, ifExists, cascade: false } as const;
  if (object === 'index') {
    const name = cursor.name();
    cursor.expect('on');
    const on = cursor.qualifiedName();
    const online = {};
    while (!cursor.atEnd()) Object.assign(online, readOnlineClause(cursor) ?? cursor.fail('`ALGORITHM` or `LOCK` expected'));
    return [{ ...base, object: 'index', names: [{ name }], on, online }];
  }
  const kind = DROPPED[object];
  if (!kind) return [{ ...span, kind: 'other', node: `drop ${object}` }];
  const names: QualifiedName[] = [];
  do names.push(cursor.qualifiedName()); while (cursor.acceptSymbol(','));
  return [{ ...base, object: kind, names }];
}

function readRenameTable(_text: string, cursor: TokenCursor, _tokens: readonly Token[], span: Span): readonly Statement[] {
  cursor.expect('rename');
  if (!cursor.accept('table') && !cursor.accept('tables')) return [{ ...span, kind: 'other', node: `rename ${cursor.word()}` }];
  cursor.accept('if', 'exists');
  const renames: Statement[] = [];
  do {
    const target = cursor.qualifiedName();
    cursor.expect('to');
    renames.push({ ...span, kind: 'rename', object: 'table', on: 'table', target, from: target.name, to: cursor.qualifiedName().name, ifExists: false });
  } while (cursor.acceptSymbol(','));
  return renames;
}

/** `SET [SESSION] a = 1, @b = 2`: one statement per variable, by its name without scope and in lower case. */
function readSet(text: string, cursor: TokenCursor, tokens: readonly Token[], span: Span): readonly Statement[] {
  cursor.expect('set');
  const runs = splitAtCommas(text, tokens.slice(1));
  return runs.map((run) => {
    const words = run.map((token) => unquoteToken(text, token));
    const equals = words.findIndex((word) => word === '=');
    const name = (words.slice(0, equals === -1 ? 1 : equals).filter((word) => word !== ':' && word !== '.').at(-1) ?? '').toLowerCase();
    const value = equals === -1 ? words.slice(1).join(' ') : words.slice(equals + 1).join('');
    return { ...span, kind: 'set' as const, name: name.replace(/^@@(?:session|global|local)?/, ''), value, local: false };
  });
}
