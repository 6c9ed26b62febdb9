import type { Dialect } from '../migration-files.ts';
import { literalOf } from './sequelize-values.ts';
import { entryOf, isNothing, NotConstant, type Hole, type TextValue, type UnknownValue, type Value } from './values.ts';

/** The SQL of `sequelize.query(sql, { replacements, bind })`. Values of replacements that are not known become holes. */
export function queryText(query: Value | undefined, options: Value | undefined, dialect: Dialect, at: UnknownValue['at']): Value | undefined {
  const sql = query?.kind === 'record' ? entryOf(query, 'query') : query;
  if (sql?.kind !== 'text') return sql;
  const replacements = (query?.kind === 'record' ? entryOf(query, 'values') : undefined) ?? entryOf(options, 'replacements');
  if (!isNothing(replacements)) return replaced(sql, replacements, dialect, at);
  return isNothing(entryOf(options, 'bind')) ? sql : bound(sql);
}

function replaced(sql: TextValue, replacements: Value, dialect: Dialect, at: UnknownValue['at']): TextValue {
  const isList = replacements.kind === 'list';
  let next = 0;
  return rewritten(sql, isList ? /\?/g : /::|:([A-Za-z_]\w*)/g, (match) => {
    if (match[0] === '::') return '::';
    const name = match[1];
    const value = isList ? replacements.items[next++] : replacements.kind === 'record' ? replacements.entries.get(name ?? '') : replacements;
    return inPlace(value, dialect, at);
  });
}

function inPlace(value: Value | undefined, dialect: Dialect, at: UnknownValue['at']): string | UnknownValue {
  const what = 'the replacement';
  try {
    return value?.kind === 'list' ? value.items.map((item) => literalOf(item, dialect, what)).join(', ') : literalOf(value, dialect, what);
  } catch (error) {
    if (!(error instanceof NotConstant)) throw error;
    return { kind: 'unknown', reason: error.message, at: error.at ?? at };
  }
}

/** Sequelize numbers named parameters. */
function bound(sql: TextValue): TextValue {
  const names: string[] = [];
  return rewritten(sql, /\$\$|\$([A-Za-z_]\w*)/g, (match) => {
    const name = match[1];
    if (name === undefined) return '$$';
    if (!names.includes(name)) names.push(name);
    return `$${String(names.indexOf(name) + 1)}`;
  });
}

/** Replaces matches outside of quoted text; the result is no slice of the file any more. */
function rewritten(sql: TextValue, pattern: RegExp, replace: (match: RegExpMatchArray) => string | UnknownValue): TextValue {
  let text = '';
  let from = 0;
  const holes: Hole[] = [];
  const copy = (to: number): void => {
    for (const hole of sql.holes ?? []) if (hole.index >= from && hole.index < to) holes.push({ ...hole, index: text.length + hole.index - from });
    text += sql.text.slice(from, to);
  };
  const quoted = quotedRanges(sql.text);
  for (const match of sql.text.matchAll(pattern)) {
    if (quoted.some(([start, end]) => match.index > start && match.index < end)) continue;
    const value = replace(match);
    copy(match.index);
    from = match.index + match[0].length;
    if (typeof value === 'string') text += value;
    else holes.push({ index: text.length, unknown: value });
  }
  if (from === 0) return sql;
  copy(sql.text.length + 1);
  return { kind: 'text', text, ...(holes.length === 0 ? {} : { holes }) };
}

/** Places of quoted text and comments. */
function quotedRanges(text: string): [number, number][] {
  const found = text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$/g);
  return [...found].map((match) => [match.index, match.index + match[0].length]);
}
