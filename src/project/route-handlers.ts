import type { ValueId } from '../facts/types.ts';
import { definitionOf } from './definitions.ts';
import { evaluate } from './evaluate.ts';
import type { Linker } from './linker.ts';
import { membersOf } from './members.ts';
import type { FunctionRef, Origin, Site } from './origins.ts';
import type { Middleware } from './route.ts';
import type { SourceFile } from './types.ts';

/** Name of a function without one. */
export const INLINE = '(inline)';

/** The function that handles a route, and what it is wrapped in, outermost first. */
export interface Handler {
  readonly handler?: FunctionRef;
  readonly wrappers: readonly Middleware[];
}

/** Arguments as written, arrays and spreads of arrays opened. */
export function flatArguments(linker: Linker, file: SourceFile, args: readonly ValueId[]): readonly Site[] {
  return args.flatMap((value): readonly Site[] => {
    const site = { file, value };
    const spread = file.facts.values[value];
    const at = definitionOf(linker, spread?.kind === 'spread' ? { file, value: spread.value } : site);
    const fact = at.file.facts.values[at.value];
    if (fact?.kind !== 'array' || isMethodPair(linker, at, fact.items)) return [site];
    return flatArguments(linker, at.file, fact.items);
  });
}

/** `[controller, 'method']`. */
function isMethodPair(linker: Linker, at: Site, items: readonly ValueId[]): boolean {
  const name = items.length === 2 ? at.file.facts.values[items[1] ?? -1] : undefined;
  return name?.kind === 'literal' && typeof name.value === 'string' && evaluate(linker, at.file, items[0] ?? -1).some((origin) => origin.kind !== 'literal');
}

/** The handler behind an expression: a function, a method, one made by a factory, or one that wrappers are called with. */
export function handlerAt(linker: Linker, site: Site, depth = 0): Handler {
  const at = definitionOf(linker, site);
  const fact = at.file.facts.values[at.value];
  if (fact?.kind === 'call' && depth < 6) {
    const callee = at.file.facts.values[fact.callee];
    if (!(callee?.kind === 'member' && callee.property === 'bind')) return wrappedHandler(linker, at, fact.args, depth);
  }
  if (fact?.kind === 'array' && isMethodPair(linker, at, fact.items)) {
    const name = at.file.facts.values[fact.items[1] ?? -1];
    if (name?.kind === 'literal') return plain(membersOf(linker, evaluate(linker, at.file, fact.items[0] ?? -1), String(name.value)));
  }
  return plain(evaluate(linker, at.file, at.value));
}

function plain(origins: readonly Origin[]): Handler {
  const found = functionIn(origins);
  return found ? { handler: found, wrappers: [] } : { wrappers: [] };
}

function functionIn(origins: readonly Origin[]): FunctionRef | undefined {
  const found = origins.find((origin) => origin.kind === 'function');
  return found?.kind === 'function' ? { file: found.file, function: found.function } : undefined;
}

/** `asyncHandler(withAuth(fn))`: the last function among the arguments; `list(deps)`: the function that the call gives. */
function wrappedHandler(linker: Linker, at: Site, args: readonly ValueId[], depth: number): Handler {
  for (const value of args.toReversed()) {
    const inner = handlerAt(linker, { file: at.file, value }, depth + 1);
    if (inner.handler) return { handler: inner.handler, wrappers: [middlewareAt(at, 'route'), ...inner.wrappers] };
  }
  return plain(evaluate(linker, at.file, at.value));
}

export function middlewareAt(site: Site, level: Middleware['level']): Middleware {
  return { ...site, name: nameOf(site.file, site.value), level };
}

/** `locals.isHTML`; a chain of calls is named after what it starts from. */
function memberName(file: SourceFile, object: ValueId, property: string): string {
  const kind = file.facts.values[object]?.kind;
  if (kind === 'this') return property;
  return kind === 'call' ? nameOf(file, object) : `${nameOf(file, object)}.${property}`;
}

/** Name of what an expression calls or refers to. */
function nameOf(file: SourceFile, value: ValueId): string {
  const fact = file.facts.values[value];
  switch (fact?.kind) {
    case 'name':
      return file.facts.bindings[fact.binding]?.name ?? '';
    case 'global':
      return fact.name;
    case 'member':
      return memberName(file, fact.object, fact.property);
    case 'call':
    case 'new':
      return nameOf(file, fact.callee);
    case 'function':
      return file.facts.functions[fact.function]?.name ?? INLINE;
    case 'spread':
    case 'await':
    case 'cast':
      return nameOf(file, fact.value);
    case 'literal':
      return String(fact.value);
    default:
      return '(expression)';
  }
}
