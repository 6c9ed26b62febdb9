import type { TypeFact, TypeId } from '../facts/types.ts';
import { implementersOf } from './class-index.ts';
import { calledResult, evaluate, evaluateBinding } from './evaluate.ts';
import { remember, type Linker } from './linker.ts';
import { membersOf } from './members.ts';
import { exportsOf } from './modules.ts';
import { externalModule, NO_ORIGINS, take, unionOf, type External, type Origin, type Origins } from './origins.ts';
import type { SourceFile } from './types.ts';

/** An interface with more classes behind it is open: which one runs is not knowable here. */
const MAX_IMPLEMENTERS = 3;

/** Types that are transparent: a value of `Promise<T>` is judged as one of `T`. */
const TRANSPARENT = new Set(['Promise', 'PromiseLike', 'Awaited', 'Partial', 'Required', 'Readonly', 'NonNullable', 'Omit', 'Pick', 'Exclude', 'Extract', 'Relation', 'Ref']);
const LISTS = new Set(['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Iterable', 'AsyncIterable', 'AsyncGenerator', 'Generator']);

/** What a value of a type can be. Memoised; empty when the type says nothing about provenance. */
export function evaluateType(linker: Linker, file: SourceFile, id: TypeId): Origins {
  const known = linker.types.get(file)?.[id];
  if (known) return known;
  const fact = file.facts.types[id];
  return fact ? remember(linker, linker.types, file, id, () => evaluateFact(linker, file, id, fact)) : NO_ORIGINS;
}

function evaluateFact(linker: Linker, file: SourceFile, id: TypeId, fact: TypeFact): Origins {
  switch (fact.kind) {
    case 'ref':
      return evaluateReference(linker, file, id, fact);
    case 'typeof':
      return evaluate(linker, file, fact.value);
    case 'import': {
      const named = importedType(linker, file, fact.source, fact.path);
      return fact.typeof ? named : instancesOf(linker, named, argumentsOf(linker, file, fact.args));
    }
    case 'array':
      return [{ kind: 'list', file, type: fact.of }];
    case 'union':
    case 'intersection':
      return unionOf(fact.of.map((each) => evaluateType(linker, file, each)));
    case 'object':
      return [{ kind: 'shape', file, type: id }];
    case 'function':
      return [{ kind: 'signature', file, type: id }];
    case 'indexed':
      return evaluateIndexed(linker, file, fact.object, fact.index);
    case 'literal':
      return [{ kind: 'literal', value: fact.value }];
    default:
      return NO_ORIGINS;
  }
}

type Reference = Extract<TypeFact, { kind: 'ref' }>;

function evaluateReference(linker: Linker, file: SourceFile, id: TypeId, fact: Reference): Origins {
  const first = fact.args[0];
  if (fact.path.length === 0 && first !== undefined) {
    const name = fact.global ?? file.facts.bindings[fact.binding ?? -1]?.name ?? '';
    if (TRANSPARENT.has(name)) return evaluateType(linker, file, first);
    if (fact.global !== undefined && LISTS.has(name)) return [{ kind: 'list', file, type: first }];
    if (fact.global === 'ReturnType') return unionOf(evaluateType(linker, file, first).map((origin) => calledResult(linker, origin, { kind: 'call' })));
    if (fact.global === 'InstanceType') return instancesOf(linker, evaluateType(linker, file, first), []);
    if (fact.global === 'Map' || fact.global === 'Record') return NO_ORIGINS;
  }
  return instancesOf(linker, typeNames(linker, file, id), argumentsOf(linker, file, fact.args));
}

function argumentsOf(linker: Linker, file: SourceFile, args: readonly TypeId[]): Origins {
  return args.flatMap((arg) => evaluateType(linker, file, arg));
}

/** What a type reference names: a class, a declaration, a package's export. */
export function typeNames(linker: Linker, file: SourceFile, id: TypeId): Origins {
  const fact = file.facts.types[id];
  if (fact?.kind !== 'ref') return NO_ORIGINS;
  const start: Origins =
    fact.binding !== undefined ? evaluateBinding(linker, file, fact.binding) : [take(externalModule(linker.modules, 'global'), { kind: 'get', name: fact.global ?? '' })];
  return fact.path.reduce<Origins>((owners, name) => membersOf(linker, owners, name), start);
}

function importedType(linker: Linker, file: SourceFile, source: string, path: readonly string[]): Origins {
  const target = linker.resolve(file, source);
  if (!target) return NO_ORIGINS;
  const [first, ...others] = path;
  if (first === undefined) return 'file' in target ? [{ kind: 'module', file: target.file }] : [externalModule(linker.modules, target.external)];
  const start: Origins = 'file' in target ? exportsOf(linker, target.file, first) : [take(externalModule(linker.modules, target.external), { kind: 'get', name: first })];
  return others.reduce<Origins>((owners, name) => membersOf(linker, owners, name), start);
}

/** Values whose type is named by the origins. */
export function instancesOf(linker: Linker, named: Origins, typeArgs: Origins): Origins {
  return unionOf(
    named.map((origin): Origins => {
      if (origin.kind === 'class') return [{ kind: 'instance', file: origin.file, class: origin.class, typeArgs }];
      if (origin.kind === 'external') return [take(origin, { kind: 'instance', typeArgs })];
      if (origin.kind === 'typeName') return declaredInstances(linker, origin, typeArgs);
      return NO_ORIGINS;
    }),
  );
}

function declaredInstances(linker: Linker, name: Extract<Origin, { kind: 'typeName' }>, typeArgs: Origins): Origins {
  const { file } = name;
  const lists: Origins[] = [];
  file.facts.typeDeclarations.forEach((declaration, index) => {
    if (declaration.binding !== name.binding) return;
    if (declaration.kind === 'alias') {
      if (declaration.type !== undefined) lists.push(evaluateType(linker, file, declaration.type));
      // `type Transactional<T> = T & …`: the argument may be all there is to know.
      if (
        declaration.typeParams.length > 0 &&
        typeArgs.length > 0 &&
        declaration.type !== undefined &&
        evaluateType(linker, file, declaration.type).length === 0
      )
        {lists.push(typeArgs);}
      return;
    }
    const classes = implementersOf(linker, file, name.binding);
    if (classes.length > 0 && classes.length <= MAX_IMPLEMENTERS) lists.push(classes.map((ref) => ({ kind: 'instance' as const, ...ref })));
    lists.push([{ kind: 'shape', file, declaration: index }]);
  });
  return unionOf(lists);
}

/** `T['key']`, and `Parameters<F>[n]`: for a function of a package the parameter, for a callback's the parameter handed to it. */
function evaluateIndexed(linker: Linker, file: SourceFile, object: TypeId, index: TypeId): Origins {
  const key = file.facts.types[index];
  if (key?.kind !== 'literal') return NO_ORIGINS;
  const owner = file.facts.types[object];
  if (owner?.kind === 'ref' && owner.global === 'Parameters' && owner.args[0] !== undefined) return evaluateParameterType(linker, file, owner.args[0], Number(key.value));
  return membersOf(linker, evaluateType(linker, file, object), String(key.value));
}

function evaluateParameterType(linker: Linker, file: SourceFile, of: TypeId, parameter: number): Origins {
  const inner = file.facts.types[of];
  // Parameters<Parameters<typeof db.transaction>[0]>[0]: what db.transaction hands to its callback.
  if (inner?.kind !== 'indexed') return NO_ORIGINS;
  const owner = file.facts.types[inner.object];
  const argument = file.facts.types[inner.index];
  if (owner?.kind !== 'ref' || owner.global !== 'Parameters' || owner.args[0] === undefined || argument?.kind !== 'literal') return NO_ORIGINS;
  const callees = evaluateType(linker, file, owner.args[0]).filter((origin): origin is External => origin.kind === 'external');
  return callees.map((callee) => take(take(callee, { kind: 'call' }), { kind: 'callback', argument: Number(argument.value), parameter }));
}
