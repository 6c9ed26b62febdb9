import { evaluate, evaluateBinding, firstKnown, importedName } from './evaluate.ts';
import type { Linker } from './linker.ts';
import { membersOf } from './members.ts';
import { NO_ORIGINS, unionOf, type Origins } from './origins.ts';
import type { SourceFile } from './types.ts';

/** What a file exports under a name. `export=` is what CommonJS assigns to `module.exports`. */
export function exportsOf(linker: Linker, file: SourceFile, name: string): Origins {
  const key = `${file.path}#${name}`;
  const known = linker.exports.get(key);
  if (known) return known;
  linker.exports.set(key, NO_ORIGINS);
  const found = findExports(linker, file, name);
  linker.exports.set(key, found);
  return found;
}

function findExports(linker: Linker, file: SourceFile, name: string): Origins {
  const own = file.facts.exports.filter((fact) => fact.name === name);
  if (own.length > 0) {
    return unionOf(
      own.map((fact) => {
        if (fact.from) return importedName(linker, file, fact.from.import, fact.from.imported);
        if (fact.binding !== undefined) return evaluateBinding(linker, file, fact.binding);
        return fact.value === undefined ? NO_ORIGINS : evaluate(linker, file, fact.value);
      }),
    );
  }
  if (name === 'export=') return NO_ORIGINS;
  const whole = exportsOf(linker, file, 'export=');
  if (whole.length > 0) return name === 'default' ? whole : membersOf(linker, whole, name);
  // A CommonJS module that assigns names one by one is its own default export.
  if (name === 'default' && !file.facts.esm) return [{ kind: 'module', file }];
  for (const star of file.facts.exports) {
    if (star.name !== '*' || !star.from) continue;
    const found = name === 'default' ? NO_ORIGINS : starExport(linker, file, star.from.import, name);
    if (found.length > 0) return found;
  }
  return NO_ORIGINS;
}

function starExport(linker: Linker, file: SourceFile, importId: number, name: string): Origins {
  const source = file.facts.imports[importId]?.source;
  const target = source === undefined ? undefined : linker.resolve(file, source);
  if (!target) return NO_ORIGINS;
  if ('file' in target) return exportsOf(linker, target.file, name);
  // Any name may come from a package that is re-exported whole, but only when no other star has it: asked last by the order of exports.
  return firstKnown(NO_ORIGINS, () => importedName(linker, file, importId, name));
}
