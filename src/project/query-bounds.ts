import type { ValueId } from '../facts/types.ts';
import { calledName } from './callee-names.ts';
import { returnsOf } from './linker.ts';
import { evaluate } from './evaluate.ts';
import { optionKeys } from './query-options.ts';
import type { ChainLink } from './builder-chain.ts';
import type { Site } from './origins.ts';
import type { Project } from './project.ts';
import type { SourceFile } from './types.ts';

/**
 * What the conditions of a query bound its rows to. `listed`: rows that a list names, or of a unique key. `parent`: those of one row of another table.
 * `unknown`: conditions that cannot be read.
 */
export type RowBound = 'listed' | 'parent' | 'none' | 'unknown';

const MAX_DEPTH = 8;
const IN_KEYS = new Set(['in', '$in', 'isIn']);
const IN_CALLS = new Set(['In', 'inArray', 'Any']);
const COMPARISONS = new Set(['Not', 'MoreThan', 'MoreThanOrEqual', 'LessThan', 'LessThanOrEqual', 'Like', 'ILike', 'Between', 'IsNull', 'Raw', 'ArrayContains']);
const ALL_OF = new Set(['AND', 'and', '$and']);
const ANY_OF = new Set(['OR', 'or', '$or']);
const NONE_OF = new Set(['NOT', 'not', '$not', '$nor']);
/** Comparisons under a column, by which it is told from a relation. */
const COMPARING = /^(?:\$?(?:gte?|lte?|not?|ne|nin|notIn|exists|regex)|contains|startsWith|endsWith|mode|equals|search|has\w*|isEmpty|none|path|array_\w+|string_\w+)$/;
const UNIQUE = /^(?:_?id|uuid|slug|email|token|hash|sha|key)$/i;
const PARENT = /(?:[a-z]Id|_id|[a-z]Ids|Uuid|_uuid)$|^(?:user|owner|author|account|team|organi[sz]ation|workspace|project|tenant)$/;

function strongest(bounds: readonly RowBound[]): RowBound {
  return (['listed', 'parent', 'unknown'] as const).find((bound) => bounds.includes(bound)) ?? 'none';
}

/** Rows that meet one of several conditions are bounded as the widest of them is. */
function weakest(bounds: readonly RowBound[]): RowBound {
  return (['none', 'unknown', 'parent'] as const).find((bound) => bounds.includes(bound)) ?? (bounds.length === 0 ? 'none' : 'listed');
}

/** Of conditions in an object: those of Prisma, TypeORM, Sequelize, Mongoose; an array of them is met by rows that meet one. */
export function boundOfObject(project: Project, site: Site, depth = 0): RowBound {
  if (depth > MAX_DEPTH) return 'unknown';
  const fact = site.file.facts.values[site.value];
  if (fact?.kind === 'call' || fact?.kind === 'function') return boundOfCondition(project, site.file, site.value, depth);
  const object = optionKeys(project, site);
  if (!object) return 'unknown';
  const bounds = [...object.keys].map(([key, value]) => boundOfKey(project, key, value, depth + 1));
  return strongest(object.open ? [...bounds, 'unknown'] : bounds);
}

function boundOfKey(project: Project, key: string, { file, value }: Site, depth: number): RowBound {
  if (NONE_OF.has(key)) return 'none';
  if (ALL_OF.has(key) || ANY_OF.has(key)) {
    const items = itemsOf(project, { file, value }).map((item) => boundOfObject(project, item, depth));
    if (items.length === 0) return ANY_OF.has(key) ? 'unknown' : boundOfObject(project, { file, value }, depth);
    return ANY_OF.has(key) ? weakest(items) : strongest(items);
  }
  const fact = file.facts.values[value];
  if (fact?.kind === 'call') return IN_CALLS.has(calledName(file, fact)) ? 'listed' : COMPARISONS.has(calledName(file, fact)) ? 'none' : boundOfColumn(key);
  const name = fact?.kind === 'name' ? (file.facts.bindings[fact.binding]?.name ?? '') : '';
  if (fact?.kind === 'array' || (UNIQUE.test(key) && /(?:s|List)$/.test(name))) return 'listed';
  const inner = fact?.kind === 'object' ? optionKeys(project, { file, value }) : undefined;
  if (!inner || fact?.kind !== 'object') return boundOfColumn(key);
  const names = [...inner.keys.keys()];
  const computed = fact.properties.flatMap((property) => (property.computed === undefined ? [] : [memberName(file, property.computed)]));
  if (computed.includes('in') || names.some((each) => IN_KEYS.has(each))) return 'listed';
  // Rows of one related row: `symbol: { code }`, `members: { some: { userId } }`.
  return names.length > 0 && !names.some((each) => COMPARING.test(each)) ? 'parent' : 'none';
}

function itemsOf(project: Project, { file, value }: Site): readonly Site[] {
  return evaluate(project.linker, file, value).flatMap((origin) => {
    const list = origin.kind === 'array' ? origin.file.facts.values[origin.value] : undefined;
    return origin.kind === 'array' && list?.kind === 'array' ? list.items.map((item) => ({ file: origin.file, value: item })) : [];
  });
}

function memberName(file: SourceFile, id: ValueId): string | undefined {
  const fact = file.facts.values[id];
  return fact?.kind === 'member' ? fact.property : undefined;
}

/** Of a column that equals something. */
function boundOfColumn(name: string): RowBound {
  const column = name.slice(name.lastIndexOf('.') + 1).replaceAll(/["`]/g, '');
  if (UNIQUE.test(column)) return 'listed';
  return PARENT.test(column) ? 'parent' : 'none';
}

/** `orders.userId`, `orders[`${kind}Id`]`, one of two columns. */
function boundOfCompared(file: SourceFile, id: ValueId): RowBound {
  const fact = file.facts.values[id];
  if (fact?.kind === 'member') return boundOfColumn(fact.property);
  if (fact?.kind === 'conditional') return weakest([boundOfCompared(file, fact.then), boundOfCompared(file, fact.else)]);
  const index = fact?.kind === 'index' ? file.facts.values[fact.index] : undefined;
  return index?.kind === 'template' ? boundOfColumn(index.quasis.at(-1) === 'Id' ? 'parentId' : '') : 'unknown';
}

/** Of conditions made by functions, as in Drizzle: `and(eq(orders.userId, id), inArray(orders.status, open))`. */
function boundOfCondition(project: Project, file: SourceFile, id: ValueId, depth = 0): RowBound {
  const fact = file.facts.values[id];
  if (depth > MAX_DEPTH) return 'unknown';
  switch (fact?.kind) {
    case 'function':
      return strongest(returnsOf(file.facts, fact.function).map((value) => boundOfObjectOrCondition(project, file, value, depth + 1)));
    case 'cast':
    case 'spread':
      return boundOfCondition(project, file, fact.value, depth + 1);
    case 'name': {
      const binding = file.facts.bindings[fact.binding];
      const isFixed = binding?.kind === 'const' && binding.value !== undefined && file.facts.values[binding.value]?.kind === 'call';
      return isFixed && binding.value !== undefined ? boundOfCondition(project, file, binding.value, depth + 1) : 'unknown';
    }
    case 'call': {
      const name = calledName(file, fact);
      if (IN_CALLS.has(name)) return 'listed';
      if (name === 'eq') return boundOfCompared(file, fact.args[0] ?? -1);
      if (name === 'or') return weakest(fact.args.map((arg) => boundOfCondition(project, file, arg, depth + 1)));
      if (name === 'and') return strongest(fact.args.map((arg) => boundOfCondition(project, file, arg, depth + 1)));
      return /^(?:not|ne|gt|gte|lt|lte|isNull|isNotNull|like|ilike|notInArray|between)$/.test(name) ? 'none' : 'unknown';
    }
    case 'conditional':
      return weakest([fact.then, fact.else].map((each) => boundOfCondition(project, file, each, depth + 1)));
    case 'global':
      return 'none';
    default:
      return 'unknown';
  }
}

function boundOfObjectOrCondition(project: Project, file: SourceFile, value: ValueId, depth: number): RowBound {
  return file.facts.values[value]?.kind === 'object' ? boundOfObject(project, { file, value }, depth) : boundOfCondition(project, file, value, depth);
}

const WHERE = /^(?:and)?where(?:Raw)?$/i;

/** Of the conditions in the chain of a builder: `.where('user_id', id)`, `.whereIn('id', ids)`, `.where('order.userId = :id')`, `.where(eq(…))`. */
export function boundOfChain(project: Project, file: SourceFile, links: readonly ChainLink[]): RowBound {
  return strongest(
    links.map((link): RowBound => {
      if (/^(?:whereIn|andWhereIn|whereInIds|findByIds)$/.test(link.name)) return 'listed';
      if (/^(?:modify|\$call|\$if|scope|apply)$/.test(link.name)) return 'unknown';
      if (!WHERE.test(link.name) || link.args[0] === undefined) return 'none';
      const first = file.facts.values[link.args[0]];
      if (first?.kind === 'literal' && typeof first.value === 'string') return boundOfText(file, first.value, link.args);
      if (first?.kind === 'template') return boundOfText(file, first.quasis.join('?'), link.args.slice(0, 1));
      return first?.kind === 'object' ? boundOfObject(project, { file, value: link.args[0] }) : boundOfCondition(project, file, link.args[0]);
    }),
  );
}

function boundOfText(file: SourceFile, text: string, args: readonly ValueId[]): RowBound {
  const [, operator] = args.map((arg) => file.facts.values[arg]);
  if (args.length === 3) {
    const sign = operator?.kind === 'literal' ? operator.value : undefined;
    return sign === 'in' ? 'listed' : sign === '=' ? boundOfColumn(text) : 'none';
  }
  if (/\bin\s*\(/i.test(text) || /=\s*any\s*\(/i.test(text)) return 'listed';
  const column = /([\w."`]+)\s*=(?!=)/.exec(text)?.[1];
  return boundOfColumn(column ?? (args.length === 2 && !/\s/.test(text) ? text : ''));
}
