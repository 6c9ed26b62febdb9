import { unquoteToken } from '../dialect-lexer.ts';
import type { Token } from '../sql-lexer.ts';
import type { ColumnDefinition, ColumnType, ConstraintDefinition, DefaultValue, ForeignKeyAction } from '../statements.ts';
import { splitAtCommas, type TokenCursor } from './token-cursor.ts';

/** Types that are written in several words, and other names for the same type. */
const SYNONYMS: Readonly<Record<string, string>> = {
  integer: 'int', int1: 'tinyint', int2: 'smallint', int3: 'mediumint', int4: 'int', int8: 'bigint', middleint: 'mediumint',
  bool: 'tinyint', boolean: 'tinyint', dec: 'decimal', numeric: 'decimal', fixed: 'decimal', real: 'double', float8: 'double', float4: 'float',
  character: 'char', nchar: 'char', nvarchar: 'varchar', varcharacter: 'varchar', serial: 'bigint',
};

/** Reads from the name of the column on. `start`: where the span of the definition begins. */
export function readColumn(text: string, cursor: TokenCursor, start = cursor.offset): ColumnDefinition {
  const nameStart = cursor.offset;
  const name = cursor.name();
  const nameAt = cursor.spanFrom(nameStart);
  const typeStart = cursor.offset;
  const type = readType(text, cursor);
  const typeAsWritten = { ...cursor.spanFrom(typeStart), text: text.slice(typeStart, cursor.endBefore) };
  const column: Mutable<ColumnDefinition> = { start, end: start, name, nameAt, type, typeAsWritten, notNull: type.serial === true, constraints: [] };
  if (type.serial) column.identity = true;
  const constraints: ConstraintDefinition[] = [];
  while (readAttribute(text, cursor, column, constraints)) column.end = cursor.endBefore;
  column.end = cursor.endBefore;
  return { ...column, constraints };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function readType(text: string, cursor: TokenCursor): ColumnType {
  const isNational = cursor.accept('national');
  const word = cursor.name().toLowerCase();
  if (word === 'double') cursor.accept('precision');
  const isVarying = (word === 'char' || word === 'character' || isNational) && cursor.accept('varying');
  const isLong = word === 'long' && (cursor.accept('varchar') || cursor.accept('varbinary'));
  const name = isVarying ? 'varchar' : isLong ? 'mediumtext' : (SYNONYMS[word] ?? word);
  const inside = cursor.brackets() ?? [];
  const isList = name === 'enum' || name === 'set';
  const values = isList ? inside.filter(({ kind }) => kind === 'string').map((token) => unquoteToken(text, token)) : undefined;
  const given = isList ? [] : inside.filter(({ kind }) => kind === 'number').map((token) => Number(text.slice(token.start, token.end)));
  const args = word === 'bool' || word === 'boolean' ? [1] : given;
  let unsigned = word === 'serial';
  for (;;) {
    if (cursor.accept('unsigned')) unsigned = true;
    else if (!cursor.accept('signed') && !cursor.accept('zerofill')) break;
  }
  return {
    name, args, dimensions: 0,
    ...(unsigned ? { unsigned: true as const } : {}),
    ...(values ? { values } : {}),
    ...(word === 'serial' ? { serial: true as const } : {}),
  };
}

/** One attribute after the type; false when none comes. */
function readAttribute(text: string, cursor: TokenCursor, column: Mutable<ColumnDefinition>, constraints: ConstraintDefinition[]): boolean {
  const start = cursor.offset;
  const own = (kind: 'unique' | 'primaryKey'): void => { constraints.push({ kind, columns: [column.name], notValid: false, ...cursor.spanFrom(start) }); };
  if (cursor.accept('not', 'null')) column.notNull = true;
  else if (cursor.accept('null')) column.explicitNull = true;
  else if (cursor.accept('default')) column.default = readDefault(cursor);
  else if (cursor.accept('on', 'update')) cursor.expression();
  else if (cursor.accept('auto_increment')) column.identity = true;
  else if (cursor.accept('primary', 'key') || cursor.accept('key')) own('primaryKey');
  else if (cursor.accept('unique')) {
    if (!cursor.accept('key')) cursor.accept('index');
    own('unique');
  } else if (cursor.accept('comment')) cursor.value();
  else if (cursor.accept('collate')) {
    cursor.acceptSymbol('=');
    column.collation = true;
    const charset = charsetOf(cursor.value());
    column.charset ??= charset;
  } else if (cursor.accept('character', 'set') || cursor.accept('charset') || cursor.accept('char', 'set')) column.charset = cursor.value().toLowerCase();
  else if (cursor.accept('ascii')) column.charset = 'latin1';
  else if (cursor.accept('unicode')) column.charset = 'ucs2';
  else if (cursor.accept('binary') || cursor.accept('visible') || cursor.accept('invisible') || cursor.accept('without', 'system', 'versioning')) return true;
  else if (cursor.accept('column_format') || cursor.accept('storage') || cursor.accept('srid') || cursor.accept('engine_attribute')) cursor.value();
  else if (cursor.accept('generated', 'always', 'as') || cursor.accept('as')) {
    column.generatedFrom = namesIn(text, cursor.brackets() ?? []);
    column.generated = cursor.accept('stored') || cursor.accept('persistent') ? 'stored' : 'virtual';
    cursor.accept('virtual');
  } else if (cursor.word() === 'references') {
    const reference = readReference(cursor);
    constraints.push({ kind: 'foreignKey', columns: [column.name], notValid: false, ...reference, ...cursor.spanFrom(start) });
  } else if (cursor.word() === 'check' || (cursor.word() === 'constraint' && (cursor.word(1) === 'check' || cursor.word(2) === 'check'))) {
    const name = cursor.accept('constraint') && cursor.word() !== 'check' ? cursor.name() : undefined;
    constraints.push({ ...readCheck(text, cursor, start), ...(name === undefined ? {} : { name }) });
  } else if (cursor.accept('first')) column.position = 'first';
  else if (cursor.accept('after')) column.position = { after: cursor.name() };
  else return false;
  return true;
}

export function readCheck(text: string, cursor: TokenCursor, start: number): ConstraintDefinition {
  cursor.expect('check');
  const columns = namesIn(text, cursor.brackets() ?? []);
  const isOff = cursor.accept('not', 'enforced');
  cursor.accept('enforced');
  return { kind: 'check', columns, notValid: false, ...(isOff ? { notEnforced: true as const } : {}), ...cursor.spanFrom(start) };
}

const ACTIONS: readonly (readonly [words: readonly string[], action: ForeignKeyAction])[] = [
  [['cascade'], 'cascade'], [['restrict'], 'restrict'], [['no', 'action'], 'noAction'], [['set', 'null'], 'setNull'], [['set', 'default'], 'setDefault'],
];

export function readReference(cursor: TokenCursor): Pick<ConstraintDefinition, 'references' | 'referencedColumns' | 'onDelete' | 'onUpdate'> {
  cursor.expect('references');
  const references = cursor.qualifiedName();
  const referencedColumns = readNames(cursor);
  const found: { onDelete?: ForeignKeyAction; onUpdate?: ForeignKeyAction } = {};
  for (;;) {
    if (cursor.accept('match')) cursor.skip();
    else if (cursor.word() === 'on' && (cursor.word(1) === 'delete' || cursor.word(1) === 'update')) {
      const key = cursor.word(1) === 'delete' ? 'onDelete' : 'onUpdate';
      cursor.skip();
      cursor.skip();
      const action = ACTIONS.find(([words]) => cursor.accept(...words))?.[1];
      if (action === undefined) cursor.fail('`CASCADE`, `RESTRICT`, `SET NULL` or `NO ACTION` expected');
      else found[key] = action;
    } else return { references, referencedColumns, ...found };
  }
}

/** Names in the brackets that come next. */
function readNames(cursor: TokenCursor): string[] {
  const names: string[] = [];
  if (!cursor.acceptSymbol('(')) return names;
  do names.push(cursor.name()); while (cursor.acceptSymbol(','));
  if (!cursor.acceptSymbol(')')) cursor.fail('`)` expected');
  return names;
}

/** Key parts: `(a, b(10) DESC, (lower(c)))`. */
export function readKeyParts(text: string, cursor: TokenCursor): (string | null)[] {
  const inside = cursor.brackets();
  if (!inside) return cursor.fail('columns in brackets expected');
  return splitAtCommas(text, inside).map((part) => {
    const [first] = part;
    return first && (first.kind === 'quoted' || first.kind === 'word') ? unquoteToken(text, first) : null;
  });
}

export function readDefault(cursor: TokenCursor): DefaultValue {
  const isNull = cursor.word() === 'null';
  const isComputed = cursor.symbol() === '(';
  const isClock = /^(?:current_timestamp|now|localtime|localtimestamp|current_date|curdate)$/.test(cursor.word());
  const expression = cursor.expression();
  return { volatility: isComputed ? 'unknown' : isClock ? 'stable' : 'constant', isNull, expression };
}

/** Names in an expression that are no functions: its columns, near enough. */
export function namesIn(text: string, tokens: readonly Token[]): string[] {
  const names = tokens.flatMap((token, i) => {
    const next = tokens[i + 1];
    const isCall = next?.kind === 'symbol' && text[next.start] === '(';
    return token.kind === 'quoted' || (token.kind === 'word' && !isCall) ? [unquoteToken(text, token)] : [];
  });
  return [...new Set(names)];
}

/** `utf8mb4` of `utf8mb4_unicode_ci`. */
export function charsetOf(collation: string): string {
  return collation.toLowerCase().split('_')[0] ?? '';
}
