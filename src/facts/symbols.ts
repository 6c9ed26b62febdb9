import type { FileFacts, Span } from './types.ts';

interface NamedSpan extends Span {
  readonly name: string;
}

const symbols = new WeakMap<FileFacts, readonly NamedSpan[]>();

/** Names of what surrounds an offset, from the outside in: `OrderService.findAll`. Empty at the top of a module. */
export function symbolPath(facts: FileFacts, offset: number): string {
  const path: string[] = [];
  let last: NamedSpan | undefined;
  for (const symbol of symbolsOf(facts)) {
    if (symbol.start > offset) break;
    if (symbol.end < offset) continue;
    // A variable and the function it is given are one symbol.
    const isSame = last !== undefined && last.name === symbol.name && last.end === symbol.end;
    if (!isSame) path.push(symbol.name);
    last = symbol;
  }
  return path.join('.');
}

/** Named classes, functions and object-literal modules, outer ones first. */
function symbolsOf(facts: FileFacts): readonly NamedSpan[] {
  const known = symbols.get(facts);
  if (known) return known;
  const found: NamedSpan[] = [];
  for (const { name, start, end } of [...facts.classes, ...facts.functions, ...facts.typeDeclarations, ...facts.enums]) {
    if (name !== undefined) found.push({ name, start, end });
  }
  for (const { name, start, value } of facts.bindings) {
    const fact = value === undefined ? undefined : facts.values[value]!;
    if (fact?.kind === 'object' && fact.start > start) found.push({ name, start, end: fact.end });
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  symbols.set(facts, found);
  return found;
}
