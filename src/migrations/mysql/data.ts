import type { Span } from '../../facts/types.ts';
import type { Token } from '../sql-lexer.ts';
import type { DataStatement, Narrowing, Statement } from '../statements.ts';
import type { TokenCursor } from './token-cursor.ts';

const MODIFIERS = new Set(['low_priority', 'delayed', 'high_priority', 'ignore', 'quick']);

/** `UPDATE`, `DELETE`, `INSERT`, `REPLACE`, queries; undefined for what is none. */
export function readData(text: string, cursor: TokenCursor, tokens: readonly Token[], span: Span): Statement | undefined {
  const first = cursor.word();
  if (first === 'select' || first === 'values' || first === 'table' || cursor.symbol() === '(') {
    return { ...span, kind: 'select', query: { reads: [], writes: [], locksRows: [], calls: [] } };
  }
  const kind = first === 'with' ? verbAfterWith(text, tokens) : first === 'replace' ? 'insert' : first;
  if (kind !== 'update' && kind !== 'delete' && kind !== 'insert') return kind === 'select' ? { ...span, kind: 'other', node: 'with' } : undefined;
  if (first === 'with') return { ...span, kind, tables: [], filtered: true, narrowing: 'condition' };
  cursor.skip();
  while (MODIFIERS.has(cursor.word())) cursor.skip();
  if (!cursor.accept('into')) cursor.accept('from');
  const table = cursor.qualifiedName();
  const { filtered, narrowing } = narrowingOf(text, tokens);
  const base = { ...span, tables: [table], filtered } as const;
  if (kind === 'insert') return { ...base, kind, filtered: false, columns: [] } satisfies DataStatement;
  // Several tables, or joined ones: which rows are meant stands in the join.
  const isJoined = tokens.some((token) => wordOf(text, token) === 'join' || wordOf(text, token) === 'using');
  return { ...base, kind, filtered: filtered || isJoined, narrowing: isJoined && narrowing === 'none' ? 'condition' : narrowing };
}

/** What the statement after `WITH …` is: the first verb outside of brackets. */
function verbAfterWith(text: string, tokens: readonly Token[]): string {
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol' && text[token.start] === '(') depth += 1;
    if (token.kind === 'symbol' && text[token.start] === ')') depth -= 1;
    const word = wordOf(text, token);
    if (depth === 0 && ['select', 'update', 'delete', 'insert', 'replace'].includes(word)) return word === 'replace' ? 'insert' : word;
  }
  return '';
}

function narrowingOf(text: string, tokens: readonly Token[]): { filtered: boolean; narrowing: Narrowing } {
  const words = tokens.map((token) => wordOf(text, token));
  const hasWhere = words.includes('where');
  if (words.includes('limit')) return { filtered: true, narrowing: 'limited' };
  if (!hasWhere) return { filtered: false, narrowing: 'none' };
  const after = tokens.slice(words.indexOf('where') + 1);
  const condition = after.length > 0 ? text.slice(after[0]?.start, after.at(-1)?.end) : '';
  const isByKey = /^[`\w.]*?(?:^|_|\.|`)(?:id|uuid|key)`?\s*(?:=\s*[\d'"]|in\s*\(\s*[\d'"])/i.test(condition);
  return { filtered: true, narrowing: isByKey ? 'key' : words.includes('between') ? 'range' : 'condition' };
}

function wordOf(text: string, token: Token): string {
  return token.kind === 'word' ? text.slice(token.start, token.end).toLowerCase() : '';
}
