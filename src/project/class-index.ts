import { evaluate } from './evaluate.ts';
import { typeNames } from './evaluate-types.ts';
import type { ClassIndex, Linker } from './linker.ts';
import { classKey, type ClassRef } from './origins.ts';
import type { SourceFile } from './types.ts';

/** Concrete classes below a class, all levels. */
export function subclassesOf(linker: Linker, ref: ClassRef): readonly ClassRef[] {
  const direct = classIndex(linker).subclasses.get(classKey(ref)) ?? [];
  return direct.flatMap((sub) => [sub, ...subclassesOf(linker, sub)]);
}

/** Classes that implement an interface of the project. */
export function implementersOf(linker: Linker, file: SourceFile, binding: number): readonly ClassRef[] {
  return classIndex(linker).implementers.get(`${file.path}#${binding}`) ?? [];
}

function classIndex(linker: Linker): ClassIndex {
  if (linker.classIndex) return linker.classIndex;
  const subclasses = new Map<string, ClassRef[]>();
  const implementers = new Map<string, ClassRef[]>();
  linker.classIndex = { subclasses, implementers };
  for (const file of linker.files.values()) {
    file.facts.classes.forEach((fact, index) => {
      const ref = { file, class: index };
      if (fact.extends !== undefined) {
        for (const origin of evaluate(linker, file, fact.extends)) if (origin.kind === 'class') add(subclasses, classKey(origin), ref);
      }
      for (const type of fact.implements) {
        for (const origin of typeNames(linker, file, type)) {
          if (origin.kind === 'typeName') add(implementers, `${origin.file.path}#${origin.binding}`, ref);
          if (origin.kind === 'class') add(subclasses, classKey(origin), ref);
        }
      }
    });
  }
  return linker.classIndex;
}

function add(table: Map<string, ClassRef[]>, key: string, ref: ClassRef): void {
  const list = table.get(key);
  if (list) list.push(ref);
  else table.set(key, [ref]);
}
