import type { Hole, Place, TextValue, Value } from './values.ts';
import { unknown } from './values.ts';

/** One text out of parts; what is not known becomes a hole. */
export function concatenate(parts: readonly Value[], at: Place): TextValue {
  let joined = '';
  const holes: Hole[] = [];
  for (const part of parts) {
    const piece = pieceOf(part);
    if (!piece) holes.push({ index: joined.length, unknown: part.kind === 'unknown' ? part : unknown('a value that is not a text', at) });
    for (const hole of piece?.holes ?? []) holes.push({ index: joined.length + hole.index, unknown: hole.unknown });
    joined += piece?.text ?? '';
  }
  return { kind: 'text', text: joined, ...(holes.length > 0 ? { holes } : {}) };
}

/** How a template writes a value; undefined when it is not known. */
export function pieceOf(value: Value): { readonly text: string; readonly holes?: readonly Hole[] } | undefined {
  switch (value.kind) {
    case 'text':
      return value;
    case 'raw':
      return { text: value.sql, ...(value.holes ? { holes: value.holes } : {}) };
    case 'number':
    case 'boolean':
      return { text: String(value.value) };
    case 'null':
    case 'undefined':
      return { text: value.kind };
    case 'list': {
      const pieces = value.items.map(pieceOf);
      return pieces.every((piece) => piece !== undefined && !piece.holes) ? { text: pieces.map((piece) => piece?.text).join(',') } : undefined;
    }
    default:
      return undefined;
  }
}

const DATA = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:with|update|delete|insert|select|merge|replace|call)\b/i;
const BEFORE_VALUE = /(?:[=<>,(+*/|-]|\b(?:in|and|or|not|like|ilike|values|limit|offset|between|then|else|when|where|on|select|returning|any|all|set))\s*$/i;

/** SQL whose holes stand where values stand, filled with NULL; the hole that cannot be filled otherwise. */
export function fillHoles(sql: string, holes: readonly Hole[]): { readonly sql: string } | { readonly hole: Hole } {
  let filled = '';
  let from = 0;
  for (const hole of holes) {
    filled += sql.slice(from, hole.index);
    from = hole.index;
    const rest = sql.slice(from);
    // The schema is the connection's: without it the statement means the default one.
    const qualifier = /^["`]?\./.exec(rest)?.[0];
    if (qualifier !== undefined && /(?:[\s"`(,]|^)$/.test(filled)) {
      filled = qualifier.length > 1 ? filled.slice(0, -1) : filled;
      from += qualifier.length;
      continue;
    }
    const statement = filled.slice(filled.lastIndexOf(';') + 1);
    if (!DATA.test(statement)) return { hole };
    if (isInsideQuotes(statement)) continue;
    if (!BEFORE_VALUE.test(statement)) return { hole };
    filled += 'NULL';
  }
  return { sql: filled + sql.slice(from) };
}

function isInsideQuotes(sql: string): boolean {
  return sql.split("'").length % 2 === 0;
}
