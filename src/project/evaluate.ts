import type { BindingId, CallFact, ImportId, TaggedFact, ValueFact, ValueId } from '../facts/types.ts';
import { evaluateType, instancesOf } from './evaluate-types.ts';
import { genericResult } from './generics.ts';
import { objectOwners, remember, returnsOf, type Linker } from './linker.ts';
import { membersOf } from './members.ts';
import { externalModule, functionKey, NO_ORIGINS, take, unionOf, type ClassRef, type FunctionRef, type Origin, type Origins, type Step } from './origins.ts';
import { evaluateParameter } from './parameters.ts';
import { exportsOf } from './modules.ts';
import type { SourceFile } from './types.ts';

/** Where the value of an expression comes from. Empty when not known. Memoised; cycles end in "not known". */
export function evaluate(linker: Linker, file: SourceFile, id: ValueId): Origins {
  const known = linker.values.get(file)?.[id];
  if (known) return known;
  const fact = file.facts.values[id];
  return fact ? remember(linker, linker.values, file, id, () => evaluateFact(linker, file, id, fact)) : NO_ORIGINS;
}

function evaluateFact(linker: Linker, file: SourceFile, id: ValueId, fact: ValueFact): Origins {
  switch (fact.kind) {
    case 'literal':
      return [{ kind: 'literal', value: fact.value }];
    case 'name':
      return evaluateBinding(linker, file, fact.binding);
    case 'global':
      return [take(externalModule(linker.modules, 'global'), { kind: 'get', name: fact.name })];
    case 'this':
      return evaluateThis(linker, file, fact);
    case 'super':
      return fact.class === undefined ? NO_ORIGINS : superOf(linker, { file, class: fact.class });
    case 'member':
      return membersOf(linker, evaluate(linker, file, fact.object), fact.property);
    case 'index':
      return evaluateIndex(linker, file, fact.object, fact.index);
    case 'call':
      return evaluateCall(linker, file, id, fact);
    case 'new':
      return evaluateNew(linker, file, id, fact);
    case 'tagged':
      return evaluateTagged(linker, file, id, fact);
    case 'function':
      return [{ kind: 'function', file, function: fact.function }];
    case 'class':
      return [{ kind: 'class', file, class: fact.class }];
    case 'object':
    case 'array':
      return [{ kind: fact.kind, file, value: id }];
    case 'await':
    case 'spread':
      return evaluate(linker, file, fact.value);
    case 'conditional':
      return unionOf([evaluate(linker, file, fact.then), evaluate(linker, file, fact.else)]);
    case 'logical': {
      const right = evaluate(linker, file, fact.right);
      return fact.operator === '&&' ? right : unionOf([evaluate(linker, file, fact.left), right]);
    }
    case 'assign':
      return evaluate(linker, file, fact.value);
    case 'sequence':
      return evaluate(linker, file, fact.items.at(-1) ?? -1);
    case 'cast':
      return firstKnown(evaluateType(linker, file, fact.type), () => evaluate(linker, file, fact.value));
    case 'param':
      return evaluateParameter(linker, { file, function: fact.function }, fact.index);
    case 'element':
      return elementsOf(linker, evaluate(linker, file, fact.of));
    case 'item':
      return evaluateItem(linker, file, fact.of, fact.index);
    case 'rest':
      return evaluate(linker, file, fact.of);
    case 'required':
      return importedModule(linker, file, fact.import);
    default:
      return NO_ORIGINS;
  }
}

export function firstKnown(first: Origins, other: () => Origins): Origins {
  return first.length > 0 ? first : other();
}

export function evaluateBinding(linker: Linker, file: SourceFile, id: BindingId): Origins {
  const binding = file.facts.bindings[id];
  if (!binding) return NO_ORIGINS;
  if (binding.import) return importedName(linker, file, binding.import.import, binding.import.imported);
  if (binding.function !== undefined) return [{ kind: 'function', file, function: binding.function }];
  if (binding.class !== undefined) return [{ kind: 'class', file, class: binding.class }];
  if (binding.enum !== undefined) return [{ kind: 'enum', file, enum: binding.enum }];
  if (binding.typeDeclaration !== undefined) return [{ kind: 'typeName', file, binding: id }];
  const lists: Origins[] = [];
  if (binding.value !== undefined) lists.push(evaluate(linker, file, binding.value));
  for (const write of binding.writes ?? []) lists.push(evaluate(linker, file, write));
  const values = unionOf(lists);
  if (binding.type === undefined || values.some((origin) => origin.kind !== 'literal')) return values;
  return firstKnown(evaluateType(linker, file, binding.type), () => values);
}

/** What `import { imported } from` gives; `*` the namespace. */
export function importedName(linker: Linker, file: SourceFile, id: ImportId, imported: string): Origins {
  const source = file.facts.imports[id]?.source;
  if (source === undefined) return NO_ORIGINS;
  const target = linker.resolve(file, source);
  if (!target) return NO_ORIGINS;
  if ('file' in target) return imported === '*' ? [{ kind: 'module', file: target.file }] : exportsOf(linker, target.file, imported);
  const module = externalModule(linker.modules, target.external);
  return [imported === '*' || imported === 'export=' ? module : take(module, { kind: 'get', name: imported })];
}

function importedModule(linker: Linker, file: SourceFile, id: ImportId): Origins {
  const module = importedName(linker, file, id, '*');
  // `require` of a CommonJS file gives what it assigned to `module.exports`.
  return module.flatMap((origin) => (origin.kind === 'module' ? firstKnown(exportsOf(linker, origin.file, 'export='), () => [origin]) : [origin]));
}

function evaluateThis(linker: Linker, file: SourceFile, fact: Extract<ValueFact, { kind: 'this' }>): Origins {
  if (fact.class !== undefined) return [{ kind: fact.static ? 'class' : 'instance', file, class: fact.class }];
  if (fact.function === undefined) return NO_ORIGINS;
  const value = file.facts.functions[fact.function]?.value;
  if (value === undefined) return NO_ORIGINS;
  const owner = objectOwners(file.facts).get(value);
  if (owner !== undefined) return evaluate(linker, file, owner);
  // `find = async function (this: Team) { … }` as a field of a class.
  const holder = file.facts.classes.findIndex((each) => each.members.some((member) => member.value === value && !member.static));
  return holder < 0 ? NO_ORIGINS : [{ kind: 'instance', file, class: holder }];
}

/** The instance of the superclass behind `super` or an inherited member; `self`: the class that was asked first. */
export function superOf(linker: Linker, ref: ClassRef, self: ClassRef = ref): Origins {
  const fact = ref.file.facts.classes[ref.class];
  if (fact?.extends === undefined) return NO_ORIGINS;
  const typeArgs = (fact.extendsTypeArgs ?? []).flatMap((type) => evaluateType(linker, ref.file, type));
  return evaluate(linker, ref.file, fact.extends).flatMap((origin): Origins => {
    if (origin.kind === 'class') return [{ kind: 'instance', file: origin.file, class: origin.class, typeArgs }];
    if (origin.kind !== 'external') return NO_ORIGINS;
    return [take(take(origin, { kind: 'extended', by: self }), { kind: 'instance', typeArgs })];
  });
}

function evaluateIndex(linker: Linker, file: SourceFile, object: ValueId, index: ValueId): Origins {
  const owners = evaluate(linker, file, object);
  const keys = evaluate(linker, file, index).filter((origin) => origin.kind === 'literal');
  const names = keys.map((key) => String(key.value));
  if (names.length > 0) return unionOf(names.map((name) => membersOf(linker, owners, name)));
  return elementsOf(linker, owners);
}

/** Any element of what a value holds. */
export function elementsOf(linker: Linker, owners: Origins): Origins {
  return unionOf(
    owners.map((owner): Origins => {
      if (owner.kind === 'external') return [take(owner, { kind: 'element' })];
      if (owner.kind === 'list') return evaluateType(linker, owner.file, owner.type);
      if (owner.kind !== 'array' && owner.kind !== 'object') return NO_ORIGINS;
      const fact = owner.file.facts.values[owner.value];
      if (fact?.kind === 'array') return unionOf(fact.items.map((item) => evaluate(linker, owner.file, item)));
      if (fact?.kind === 'object') return unionOf(fact.properties.map((property) => evaluate(linker, owner.file, property.value)));
      return NO_ORIGINS;
    }),
  );
}

function evaluateItem(linker: Linker, file: SourceFile, of: ValueId, index: number): Origins {
  const list = awaitedAll(linker, file, of);
  if (list) return list[index] === undefined ? NO_ORIGINS : evaluate(linker, file, list[index]);
  return unionOf(
    evaluate(linker, file, of).map((owner): Origins => {
      const fact = owner.kind === 'array' ? owner.file.facts.values[owner.value] : undefined;
      const item = fact?.kind === 'array' ? fact.items[index] : undefined;
      if (owner.kind === 'array') return item === undefined ? NO_ORIGINS : evaluate(linker, owner.file, item);
      return elementsOf(linker, [owner]);
    }),
  );
}

/** Items of the array in `await Promise.all([a, b])`. */
function awaitedAll(linker: Linker, file: SourceFile, id: ValueId): readonly ValueId[] | undefined {
  const fact = file.facts.values[id];
  const call = fact?.kind === 'await' ? file.facts.values[fact.value] : fact;
  if (call?.kind !== 'call' || call.args[0] === undefined) return undefined;
  const callee = file.facts.values[call.callee];
  if (callee?.kind !== 'member' || (callee.property !== 'all' && callee.property !== 'allSettled')) return undefined;
  const owner = file.facts.values[callee.object];
  if (owner?.kind !== 'global' || owner.name !== 'Promise') return undefined;
  const array = evaluate(linker, file, call.args[0]).find((origin) => origin.kind === 'array');
  const items = array?.kind === 'array' && array.file === file ? file.facts.values[array.value] : undefined;
  return items?.kind === 'array' ? items.items : undefined;
}

function evaluateCall(linker: Linker, file: SourceFile, id: ValueId, fact: CallFact): Origins {
  const callee = file.facts.values[fact.callee];
  if (callee?.kind === 'member' && callee.property === 'bind') return evaluate(linker, file, callee.object);
  return unionOf(
    evaluate(linker, file, fact.callee).map((origin) => {
      const generic = origin.kind === 'function' ? genericResult(linker, file, fact, origin) : NO_ORIGINS;
      return firstKnown(generic, () => calledResult(linker, origin, { kind: 'call', site: { file, value: id } }));
    }),
  );
}

function evaluateTagged(linker: Linker, file: SourceFile, id: ValueId, fact: TaggedFact): Origins {
  return unionOf(evaluate(linker, file, fact.tag).map((origin) => calledResult(linker, origin, { kind: 'tag', site: { file, value: id } })));
}

/** What calling a value gives. */
export function calledResult(linker: Linker, origin: Origin, step: Step): Origins {
  if (origin.kind === 'external') return [take(origin, step)];
  if (origin.kind === 'function') return returnedBy(linker, origin);
  if (origin.kind === 'signature') {
    const type = origin.file.facts.types[origin.type];
    return type?.kind === 'function' && type.returns !== undefined ? evaluateType(linker, origin.file, type.returns) : NO_ORIGINS;
  }
  return NO_ORIGINS;
}

/** What a function gives back: its return values, else its declared type. Independent of the caller. */
export function returnedBy(linker: Linker, ref: FunctionRef): Origins {
  const key = functionKey(ref);
  const known = linker.returned.get(key);
  if (known) return known;
  const fact = ref.file.facts.functions[ref.function];
  if (!fact) return NO_ORIGINS;
  linker.returned.set(key, NO_ORIGINS);
  const values = fact.generator ? NO_ORIGINS : unionOf(returnsOf(ref.file.facts, ref.function).map((value) => evaluate(linker, ref.file, value)));
  const useful = values.some((origin) => origin.kind !== 'literal');
  const found = useful || fact.returnType === undefined ? values : firstKnown(evaluateType(linker, ref.file, fact.returnType), () => values);
  linker.returned.set(key, found);
  return found;
}

function evaluateNew(linker: Linker, file: SourceFile, id: ValueId, fact: CallFact): Origins {
  const typeArgs = (fact.typeArgs ?? []).flatMap((type) => evaluateType(linker, file, type));
  return unionOf(
    evaluate(linker, file, fact.callee).map((origin): Origins => {
      if (origin.kind === 'class') return [{ kind: 'instance', file: origin.file, class: origin.class, typeArgs }];
      if (origin.kind === 'external') return [take(origin, { kind: 'new', site: { file, value: id } })];
      return instancesOf(linker, [origin], []);
    }),
  );
}
