import type { CallFact, ValueId } from '../facts/types.ts';
import { evaluate } from './evaluate.ts';
import { returnsOf, type Linker } from './linker.ts';
import type { SourceFile } from './types.ts';

const MAX_DEPTH = 8;

/** What stands in for a part of a statement that is only known at run time. */
const HOLE = '?';

/** Keys under which drivers take the text of a statement in an object. */
const TEXT_KEYS = new Set(['text', 'sql', 'query']);

/** Text of the SQL statement that an expression holds, computed parts as `?`. Undefined when none can be read. */
export function sqlTextOf(linker: Linker, file: SourceFile, id: ValueId, depth = 0): string | undefined {
  const fact = file.facts.values[id];
  if (!fact || depth > MAX_DEPTH) return undefined;
  const inner = (value: ValueId) => sqlTextOf(linker, file, value, depth + 1);
  switch (fact.kind) {
    case 'literal':
      return typeof fact.value === 'string' ? fact.value : undefined;
    case 'template':
    case 'tagged':
      return fact.quasis.map((quasi, index) => quasi + (index < fact.quasis.length - 1 ? (constantPart(linker, file, fact.parts[index]) ?? HOLE) : '')).join('');
    case 'binary': {
      const left = fact.operator === '+' ? inner(fact.left) : undefined;
      return left === undefined ? undefined : left + (inner(fact.right) ?? HOLE);
    }
    case 'object': {
      const text = fact.properties.find((property) => property.key !== undefined && TEXT_KEYS.has(property.key));
      return text && inner(text.value);
    }
    case 'conditional':
      return inner(fact.then) ?? inner(fact.else);
    case 'await':
    case 'cast':
      return inner(fact.value);
    case 'call':
      return calledText(linker, file, fact, depth);
    case 'name':
    case 'member':
      return followed(linker, file, id, depth);
    default:
      return undefined;
  }
}

/** What a function of ours returns; for a package's (`sql.raw('…')`) what it is handed, or called on (`'…'.trim()`). */
function calledText(linker: Linker, file: SourceFile, call: CallFact, depth: number): string | undefined {
  const own = evaluate(linker, file, call.callee).filter((origin) => origin.kind === 'function');
  for (const ref of own) {
    for (const value of returnsOf(ref.file.facts, ref.function)) {
      const text = sqlTextOf(linker, ref.file, value, depth + 1);
      if (text !== undefined) return text;
    }
  }
  if (own.length > 0) return undefined;
  const callee = file.facts.values[call.callee];
  const handed = call.args[0] === undefined ? undefined : sqlTextOf(linker, file, call.args[0], depth + 1);
  return handed ?? (callee?.kind === 'member' ? sqlTextOf(linker, file, callee.object, depth + 1) : undefined);
}

/** A constant of another place: the initialiser of the name, or a property of an object of ours. */
function followed(linker: Linker, file: SourceFile, id: ValueId, depth: number): string | undefined {
  const fact = file.facts.values[id];
  if (fact?.kind === 'name') {
    const binding = file.facts.bindings[fact.binding];
    if (binding?.value !== undefined) return sqlTextOf(linker, file, binding.value, depth + 1);
  }
  const texts = evaluate(linker, file, id).flatMap((origin) => (origin.kind === 'literal' && typeof origin.value === 'string' ? [origin.value] : []));
  return texts[0];
}

function constantPart(linker: Linker, file: SourceFile, id: ValueId | undefined): string | undefined {
  if (id === undefined) return undefined;
  const kind = file.facts.values[id]?.kind;
  if (kind !== 'name' && kind !== 'member') return undefined;
  const origins = evaluate(linker, file, id);
  const [only] = origins.length === 1 ? origins : [];
  return only?.kind === 'literal' && typeof only.value === 'string' && only.value !== '' ? only.value : undefined;
}

const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const WRITE = /\b(?:insert\s+into|replace\s+into|merge\s+into|delete\s+from|truncate|update\s+(?:only\s+)?(?!set\b)[\w."`?[\]]+\s+(?:as\s+\w+\s+|\w+\s+)?set)\b/i;
/** Locks and notifications come as functions of a select. */
const LOCK = /\bpg_(?:try_)?advisory_|\bpg_notify\s*\(/i;
const READ = /^\s*\(*\s*(?:select|with|show|explain|values|table|pragma|describe)\b/i;

const VERB = /^\s*\(*\s*(?:select|with|insert|update|delete|replace|merge|truncate|create|alter|drop|begin|commit|rollback|savepoint|release|set|show|explain|values|call|lock|notify|listen|vacuum|analyze|refresh|copy|pragma|use|grant|do)\b/i;

/** False for a piece of a statement: `count(*) as total`. */
export function isStatement(sql: string): boolean {
  return VERB.test(sql.replace(COMMENTS, ' '));
}

/** What a statement does; `raw` for transaction control, definitions of the schema and what cannot be told. */
export function sqlOperation(sql: string): 'read' | 'write' | 'raw' {
  const text = sql.replace(COMMENTS, ' ');
  if (WRITE.test(text)) return 'write';
  if (LOCK.test(text)) return 'raw';
  return READ.test(text) ? 'read' : 'raw';
}

const TABLE_OF_WRITE = /\b(?:insert\s+into|replace\s+into|merge\s+into|delete\s+from|truncate(?:\s+table)?|(?<!\bfor\s+(?:no\s+key\s+)?)update)\s+(?:only\s+)?(?!set\b)((?:["`[]?\w+["`\]]?\.)?["`[]?\w+["`\]]?)/i;
const TABLE_OF_READ = /\bfrom\s+(?:only\s+)?((?:["`[]?\w+["`\]]?\.)?["`[]?\w+["`\]]?)/gi;
const COMMON_TABLES = /(?:\bwith\s+(?:recursive\s+)?|,\s*)["`]?(\w+)["`]?\s*(?:\([^()]*\)\s*)?as\s+(?:not\s+)?(?:materialized\s+)?\(/gi;
const NO_TABLES = new Set(['unnest', 'generate_series', 'json_each', 'jsonb_array_elements', 'jsonb_to_recordset', 'json_to_recordset', 'select', 'lateral', 'jsonb_each']);

/** The first real table that a statement writes to or reads from, quotes removed. */
export function sqlTable(sql: string): string | undefined {
  const text = sql.replace(COMMENTS, ' ');
  const written = TABLE_OF_WRITE.exec(text)?.[1];
  if (written && WRITE.test(text)) return unquoted(written);
  const common = new Set([...text.matchAll(COMMON_TABLES)].map((match) => match[1]?.toLowerCase()));
  for (const match of text.matchAll(TABLE_OF_READ)) {
    const name = unquoted(match[1] ?? '');
    if (!NO_TABLES.has(name.toLowerCase()) && !common.has(name.toLowerCase())) return name;
  }
  return undefined;
}

function unquoted(name: string): string {
  return name.replace(/["`[\]]/g, '');
}
