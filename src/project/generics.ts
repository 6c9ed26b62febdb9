import type { CallFact, TypeId } from '../facts/types.ts';
import { calledResult, evaluate } from './evaluate.ts';
import type { Linker } from './linker.ts';
import { NO_ORIGINS, unionOf, type FunctionRef, type Origins } from './origins.ts';
import type { SourceFile } from './types.ts';

/**
 * What a generic function gives back when it returns its own type parameter: `once<T>(make: () => T): T`, `pick<T>(value: T): T`.
 * The arguments say what `T` is. Empty when it does not return one.
 */
export function genericResult(linker: Linker, file: SourceFile, call: CallFact, callee: FunctionRef): Origins {
  const fact = callee.file.facts.functions[callee.function];
  if (fact?.returnType === undefined) return NO_ORIGINS;
  const wanted = typeParameterName(callee.file, fact.returnType);
  if (wanted === undefined) return NO_ORIGINS;
  return unionOf(
    fact.params.map((param, index): Origins => {
      const arg = call.args[index];
      if (arg === undefined || param.type === undefined) return NO_ORIGINS;
      if (typeParameterName(callee.file, param.type) === wanted) return evaluate(linker, file, arg);
      const type = callee.file.facts.types[param.type];
      if (type?.kind !== 'function' || type.returns === undefined || typeParameterName(callee.file, type.returns) !== wanted) return NO_ORIGINS;
      return unionOf(evaluate(linker, file, arg).map((origin) => calledResult(linker, origin, { kind: 'call' })));
    }),
  );
}

/** `T`, or the `T` of `Promise<T>`. */
function typeParameterName(file: SourceFile, id: TypeId): string | undefined {
  const type = file.facts.types[id];
  if (type?.kind === 'keyword' && type.name.startsWith('typeParameter:')) return type.name;
  if (type?.kind === 'ref' && type.global === 'Promise' && type.args[0] !== undefined) return typeParameterName(file, type.args[0]);
  return undefined;
}
