import type { Dialect } from '../migration-files.ts';
import { TAGGED, type BuilderCall, type BuilderMethod } from './renderers.ts';
import { builder, isNothing, itemsOf, notConstant, NotConstant, textOf, type BuilderValue, type Hole, type TextValue, type Value } from './values.ts';

/** SQL of sql`…` and of expressions: its state is a text, whose holes are what is not known. */
export const SQL = 'sql`…`';

/** `root` is there for what is a whole statement: whether it was sent or taken as a part of something else. */
type SqlState = TextValue & { readonly root?: { used: boolean } };
/** `sql` itself. */
export const SQL_TAG = 'sql';

export function sqlValue(text: string, holes: readonly Hole[] = []): BuilderValue<TextValue> {
  return builder<TextValue>(SQL, { kind: 'text', text, ...(holes.length > 0 ? { holes } : {}) });
}

export function findSql(value: Value | undefined): TextValue | undefined {
  if (value?.kind !== 'builder' || value.type !== SQL) return undefined;
  const state = value.state as SqlState;
  if (state.root) state.root.used = true;
  return state;
}

export function quote(name: string, dialect: Dialect): string {
  return dialect === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;
}

/** Quotes the parts of `schema.table.column`. */
export function quotePath(path: string, dialect: Dialect): string {
  return path
    .split('.')
    .map((part) => quote(part.trim(), dialect))
    .join('.');
}

/** A table or another thing in a schema: its own schema comes before that of `withSchema`. */
export function quoteTarget(path: string, schema: string | undefined, dialect: Dialect): string {
  return quotePath(schema === undefined || path.includes('.') ? path : `${schema}.${path}`, dialect);
}

/** A column as an expression: its name, or sql`…`. Throws NotConstant. */
export function referenceOf(value: Value | undefined, dialect: Dialect, what = 'the name of the column'): string {
  return findSql(value) ? expressionOf(value, dialect, what) : quotePath(textOf(value, what), dialect);
}

/** A value where Kysely writes it into the statement. Throws NotConstant. */
export function expressionOf(value: Value | undefined, dialect: Dialect, what: string): string {
  const { text, holes } = pieceOf(value, dialect);
  const hole = holes[0];
  if (hole) throw notConstant(what, hole.unknown);
  return text;
}

function pieceOf(value: Value | undefined, dialect: Dialect): { readonly text: string; readonly holes: readonly Hole[] } {
  const known = (text: string): { text: string; holes: readonly Hole[] } => ({ text, holes: [] });
  if (isNothing(value)) return known('null');
  const sql = findSql(value);
  if (sql) return { text: sql.text, holes: sql.holes ?? [] };
  if (value.kind === 'number' || value.kind === 'boolean') return known(String(value.value));
  if (value.kind === 'raw') return { text: value.sql, holes: value.holes ?? [] };
  if (value.kind === 'text' && !value.holes) return known(quoteString(value.text, dialect));
  const unknown = value.kind === 'text' ? value.holes?.[0]?.unknown : value.kind === 'unknown' ? value : undefined;
  const at = { file: '', start: 0, end: 0 };
  return { text: '', holes: [{ index: 0, unknown: unknown ?? { kind: 'unknown', reason: 'a value that is no constant', at } }] };
}

function quoteString(value: string, dialect: Dialect): string {
  const doubled = value.replaceAll("'", "''");
  return `'${dialect === 'mysql' ? doubled.replaceAll('\\', '\\\\') : doubled}'`;
}

function joined(pieces: readonly { readonly text: string; readonly holes: readonly Hole[] }[]): BuilderValue {
  let text = '';
  const holes: Hole[] = [];
  for (const piece of pieces) {
    for (const hole of piece.holes) holes.push({ index: text.length + hole.index, unknown: hole.unknown });
    text += piece.text;
  }
  return sqlValue(text, holes);
}

const STATEMENT = /^\s*(?:alter|create|drop|truncate|update|delete|insert|reindex|comment)\b/i;

const tagged: BuilderMethod = (call) => {
  const made = fromTemplate(call);
  const state = made?.state as SqlState | undefined;
  if (!state || !STATEMENT.test(state.text)) return made;
  const root = { used: false };
  call.emitLater(() => {
    if (root.used) return [];
    throw new NotConstant('no `execute()` of this statement was seen: without it nothing is sent');
  });
  return builder<SqlState>(SQL, { ...state, root });
};

function fromTemplate({ args: [written, values, around], dialect }: BuilderCall): BuilderValue | undefined {
  const parts = itemsOf(values, 'the parts of the SQL');
  if (parts.length === 0) return written?.kind === 'text' ? builder<TextValue>(SQL, written) : undefined;
  const texts = itemsOf(around, 'the parts of the SQL').map((text) => ({ text: textOf(text, 'the SQL'), holes: [] }));
  return joined(texts.flatMap((text, i) => (i === 0 ? [text] : [pieceOf(parts[i - 1], dialect), text])));
}

const literal: BuilderMethod = ({ args, dialect }) => joined([pieceOf(args[0], dialect)]);
/** A name that is not known becomes a hole, for the whole SQL to tell. */
const reference: BuilderMethod = ({ args: [name], dialect }) => {
  const isKnown = findSql(name) !== undefined || (name?.kind === 'text' && !name.holes);
  return isKnown ? sqlValue(referenceOf(name, dialect)) : joined([pieceOf(name, dialect)]);
};

/** Methods of `sql`. */
export const SQL_TAG_METHODS: Readonly<Record<string, BuilderMethod>> = {
  [TAGGED]: tagged,
  raw: ({ args: [text] }) => (text?.kind === 'text' ? builder<TextValue>(SQL, text) : joined([{ text: textOf(text, 'the SQL'), holes: [] }])),
  ref: reference,
  table: reference,
  column: reference,
  id: ({ args, dialect }) => sqlValue(args.map((arg) => quote(textOf(arg, 'the identifier'), dialect)).join('.')),
  lit: literal,
  literal,
  val: literal,
  value: literal,
  join: ({ args: [values, separator], dialect }) => {
    const between = findSql(separator) ?? { text: ', ', holes: [] };
    const items = itemsOf(values, 'the values').map((item) => pieceOf(item, dialect));
    return joined(items.flatMap((item, i) => (i === 0 ? [item] : [{ text: between.text, holes: between.holes ?? [] }, item])));
  },
};

const itself: BuilderMethod = ({ self }) => self;

/** Methods of sql`…`. */
export const SQL_METHODS: Readonly<Record<string, BuilderMethod>> = {
  execute: (call) => {
    call.emitText(findSql(call.self));
    return undefined;
  },
  compile: itself,
  as: ({ self, args, dialect }) => sqlValue(`${(self.state as TextValue).text} as ${referenceOf(args[0], dialect)}`, (self.state as TextValue).holes),
  $castTo: itself,
  $notNull: itself,
  toOperationNode: itself,
  withPlugin: itself,
};

