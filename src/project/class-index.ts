import { evaluate } from './evaluate.ts';
import { typeNames } from './evaluate-types.ts';
import { addTo } from './grouping.ts';
import type { ClassIndex, Linker } from './linker.ts';
import { classKey, type ClassRef } from './origins.ts';
import type { SourceFile } from './types.ts';

/** Concrete classes below a class, all levels. */
export function subclassesOf(linker: Linker, ref: ClassRef): readonly ClassRef[] {
  const direct = classIndex(linker).subclasses.get(classKey(ref)) ?? [];
  return direct.flatMap((sub) => [sub, ...subclassesOf(linker, sub)]);
}

/** Classes that implement an interface of the project, or one that extends it. */
export function implementersOf(linker: Linker, file: SourceFile, binding: number): readonly ClassRef[] {
  const { implementers, subinterfaces } = classIndex(linker);
  const found = new Map<string, ClassRef>();
  const names = new Set([`${file.path}#${binding}`]);
  for (const name of names) {
    for (const ref of implementers.get(name) ?? []) found.set(classKey(ref), ref);
    for (const sub of subinterfaces.get(name) ?? []) names.add(sub);
  }
  return [...found.values()];
}

function classIndex(linker: Linker): ClassIndex {
  if (linker.classIndex) return linker.classIndex;
  const subclasses = new Map<string, ClassRef[]>();
  const implementers = new Map<string, ClassRef[]>();
  const subinterfaces = new Map<string, string[]>();
  linker.classIndex = { subclasses, implementers, subinterfaces };
  for (const file of linker.files.values()) {
    // A double in a test is no second implementation.
    if (file.role === 'test') continue;
    for (const declaration of file.facts.typeDeclarations) {
      for (const parent of declaration.extends) {
        for (const origin of typeNames(linker, file, parent)) {
          if (origin.kind === 'typeName') addTo(subinterfaces, `${origin.file.path}#${origin.binding}`, `${file.path}#${declaration.binding}`);
        }
      }
    }
    file.facts.classes.forEach((fact, index) => {
      const ref = { file, class: index };
      if (fact.extends !== undefined) {
        for (const origin of evaluate(linker, file, fact.extends)) if (origin.kind === 'class') addTo(subclasses, classKey(origin), ref);
      }
      for (const type of fact.implements) {
        for (const origin of typeNames(linker, file, type)) {
          if (origin.kind === 'typeName') addTo(implementers, `${origin.file.path}#${origin.binding}`, ref);
          if (origin.kind === 'class') addTo(subclasses, classKey(origin), ref);
        }
      }
    });
  }
  return linker.classIndex;
}
