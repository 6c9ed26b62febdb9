import type { TokenCursor } from './token-cursor.ts';

const OPTIONS = new Set(
  [
    'engine type auto_increment comment row_format key_block_size checksum table_checksum delay_key_write max_rows min_rows avg_row_length pack_keys',
    'password stats_persistent stats_auto_recalc stats_sample_pages compression encryption encrypted encryption_key_id page_compressed',
    'page_compression_level page_checksum transactional insert_method union tablespace connection autoextend_size engine_attribute',
    'secondary_engine secondary_engine_attribute secondary_load secondary_unload sequence',
  ].flatMap((line) => line.split(' ')),
);

/** One option of a table, its name and value in lower case: `engine` `innodb`, `charset` `utf8mb4`, `collate` …; undefined when none comes. */
export function readTableOption(cursor: TokenCursor): { readonly name: string; readonly value: string } | undefined {
  const isDefault = cursor.word() === 'default' && ['character', 'charset', 'char', 'collate'].includes(cursor.word(1));
  if (isDefault) cursor.skip();
  const isCharset = cursor.accept('character', 'set') || cursor.accept('char', 'set') || cursor.accept('charset');
  const name = isCharset ? 'charset' : cursor.word();
  if (!isCharset) {
    if ((name === 'data' || name === 'index') && cursor.word(1) === 'directory') cursor.skip();
    else if (name !== 'collate' && !OPTIONS.has(name)) return undefined;
    cursor.skip();
  }
  cursor.acceptSymbol('=');
  if (name === 'secondary_load' || name === 'secondary_unload') return { name, value: '' };
  if (cursor.brackets()) return { name, value: '' };
  return { name, value: cursor.value().toLowerCase() };
}
