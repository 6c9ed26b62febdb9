import type { PropertyFact } from '../facts/types.ts';
import { evaluate } from './evaluate.ts';
import type { Linker } from './linker.ts';
import type { Origin, Site } from './origins.ts';
import type { SourceFile } from './types.ts';

/** Names that refer to names: more hops than this are a cycle. */
const MAX_HOPS = 24;

/**
 * The expression that a value is written as: names, imports, members of modules, object literals and classes are followed to
 * their initialiser. A name that is assigned more than once, a parameter and whatever else has no single text stays as it is.
 */
export function definitionOf(linker: Linker, site: Site, hops = 0): Site {
  const fact = site.file.facts.values[site.value];
  if (!fact || hops > MAX_HOPS) return site;
  const follow = (next: Site | undefined): Site => (next ? definitionOf(linker, next, hops + 1) : site);
  switch (fact.kind) {
    case 'await':
    case 'cast':
      return follow({ file: site.file, value: fact.value });
    case 'name':
      return follow(bindingDefinition(linker, site.file, fact.binding));
    case 'member':
      return follow(memberDefinition(linker, evaluate(linker, site.file, fact.object), fact.property));
    case 'required':
      return follow(importDefinition(linker, site.file, fact.import, 'default'));
    default:
      return site;
  }
}

function bindingDefinition(linker: Linker, file: SourceFile, id: number): Site | undefined {
  const binding = file.facts.bindings[id];
  if (!binding) return undefined;
  if (binding.import) return importDefinition(linker, file, binding.import.import, binding.import.imported);
  if (binding.value === undefined || binding.writes?.length) return undefined;
  return { file, value: binding.value };
}

function importDefinition(linker: Linker, file: SourceFile, id: number, imported: string): Site | undefined {
  const source = file.facts.imports[id]?.source;
  const target = source === undefined ? undefined : linker.resolve(file, source);
  return target && 'file' in target ? exportDefinition(linker, target.file, imported) : undefined;
}

/** The expression that a file exports under a name; undefined for functions, classes and what is not one expression. */
export function exportDefinition(linker: Linker, file: SourceFile, name: string, hops = 0): Site | undefined {
  if (hops > MAX_HOPS) return undefined;
  const { exports } = file.facts;
  const own = exports.find((fact) => fact.name === name) ?? (name === 'default' ? exports.find((fact) => fact.name === 'export=') : undefined);
  if (own?.from) {
    const target = targetOf(linker, file, own.from.import);
    return target && exportDefinition(linker, target, own.from.imported, hops + 1);
  }
  if (own?.binding !== undefined) return bindingDefinition(linker, file, own.binding);
  if (own?.value !== undefined) return { file, value: own.value };
  for (const star of exports) {
    const target = star.name === '*' && star.from ? targetOf(linker, file, star.from.import) : undefined;
    const found = target && exportDefinition(linker, target, name, hops + 1);
    if (found) return found;
  }
  return undefined;
}

function targetOf(linker: Linker, file: SourceFile, id: number): SourceFile | undefined {
  const source = file.facts.imports[id]?.source;
  const target = source === undefined ? undefined : linker.resolve(file, source);
  return target && 'file' in target ? target.file : undefined;
}

function memberDefinition(linker: Linker, owners: readonly Origin[], name: string): Site | undefined {
  const [owner] = owners;
  if (owners.length !== 1 || !owner) return undefined;
  switch (owner.kind) {
    case 'module':
      return exportDefinition(linker, owner.file, name);
    case 'object': {
      const property = propertyOf(owner, name);
      return property && property.accessor === undefined ? { file: owner.file, value: property.value } : undefined;
    }
    case 'class':
    case 'instance': {
      const member = owner.file.facts.classes[owner.class]?.members.find((each) => each.name === name && each.kind === 'field' && (each.static === true) === (owner.kind === 'class'));
      return member?.value === undefined ? undefined : { file: owner.file, value: member.value };
    }
    default:
      return undefined;
  }
}

/** A property of an object literal by its key; the last one wins, as it does at run time. */
export function propertyOf(object: Site, key: string): PropertyFact | undefined {
  const fact = object.file.facts.values[object.value];
  return fact?.kind === 'object' ? fact.properties.findLast((property) => property.key === key && !property.spread) : undefined;
}

/** The object literal behind a value: written there, or the one that it comes from; `wraps` calls of libraries aside. */
export function objectAt(linker: Linker, site: Site): Site | undefined {
  const definition = definitionOf(linker, site);
  if (definition.file.facts.values[definition.value]?.kind === 'object') return definition;
  const origin = evaluate(linker, site.file, site.value).find((each) => each.kind === 'object');
  return origin?.kind === 'object' ? { file: origin.file, value: origin.value } : undefined;
}
