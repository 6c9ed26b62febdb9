import type { ConstraintDefinition, TableIndex } from '../statements.ts';
import { readCheck, readKeyParts, readReference } from './columns.ts';
import type { TokenCursor } from './token-cursor.ts';

/** A key or constraint, as it stands in `CREATE TABLE` and after `ADD`. */
export type TablePart = { readonly constraint: ConstraintDefinition } | { readonly index: TableIndex };

const INDEX_WORDS = new Set(['index', 'key']);
const PART_WORDS = new Set(['constraint', 'primary', 'unique', 'foreign', 'check', 'index', 'key', 'fulltext', 'spatial', 'vector']);

/** Whether a key or constraint comes next, and not a column of such a name. */
export function atTablePart(cursor: TokenCursor): boolean {
  return PART_WORDS.has(cursor.word());
}

export function readTablePart(text: string, cursor: TokenCursor): TablePart {
  const start = cursor.offset;
  let name: string | undefined;
  if (cursor.accept('constraint')) {
    const isNamed = cursor.atName() && !['primary', 'unique', 'foreign', 'check'].includes(cursor.word());
    name = isNamed ? cursor.name() : undefined;
  }
  const named = name === undefined ? {} : { name };
  if (cursor.accept('primary', 'key')) {
    passIndexName(cursor);
    const columns = readKeyParts(text, cursor).filter((column) => column !== null);
    passIndexOptions(cursor);
    return { constraint: { ...named, kind: 'primaryKey', columns, notValid: false, ...cursor.spanFrom(start) } };
  }
  if (cursor.accept('foreign', 'key')) {
    cursor.accept('if', 'not', 'exists');
    const indexName = cursor.symbol() === '(' ? undefined : cursor.name();
    const columns = readKeyParts(text, cursor).filter((column) => column !== null);
    const reference = readReference(cursor);
    const own = name ?? indexName;
    const keyed = own === undefined ? {} : { name: own };
    return { constraint: { ...keyed, kind: 'foreignKey', columns, notValid: false, ...reference, ...cursor.spanFrom(start) } };
  }
  if (cursor.word() === 'check') return { constraint: { ...readCheck(text, cursor, start), ...named } };
  const method = cursor.accept('fulltext') ? 'fulltext' : cursor.accept('spatial') ? 'spatial' : cursor.accept('vector') ? 'vector' : 'btree';
  const unique = cursor.accept('unique');
  if (INDEX_WORDS.has(cursor.word())) cursor.skip();
  else if (!unique && method === 'btree') cursor.fail('a key or constraint expected');
  cursor.accept('if', 'not', 'exists');
  const indexName = passIndexName(cursor) ?? name;
  const columns = readKeyParts(text, cursor);
  passIndexOptions(cursor);
  return { index: { ...(indexName === undefined ? {} : { name: indexName }), method, unique, columns } };
}

function passIndexName(cursor: TokenCursor): string | undefined {
  const name = cursor.symbol() === '(' || cursor.word() === 'using' ? undefined : cursor.name();
  if (cursor.accept('using')) cursor.skip();
  return name;
}

/** `USING BTREE COMMENT 'x' KEY_BLOCK_SIZE=8 WITH PARSER ngram VISIBLE`. */
export function passIndexOptions(cursor: TokenCursor): void {
  for (;;) {
    if (cursor.accept('using') || cursor.accept('comment') || cursor.accept('with', 'parser')) cursor.skip();
    else if (['key_block_size', 'engine_attribute', 'secondary_engine_attribute', 'clustering', 'distance', 'm'].includes(cursor.word())) {
      cursor.skip();
      cursor.acceptSymbol('=');
      cursor.skip();
    } else if (!cursor.accept('visible') && !cursor.accept('invisible') && !cursor.accept('ignored') && !cursor.accept('not', 'ignored')) return;
  }
}
