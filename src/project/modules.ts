import { evaluate, evaluateBinding, importedName } from './evaluate.ts';
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
  return name === 'default' ? NO_ORIGINS : starExports(linker, file, name);
}

/** `export * from`: our own files know what they export; a package that is re-exported whole may have any name, so it is asked last. */
function starExports(linker: Linker, file: SourceFile, name: string): Origins {
  const packages: number[] = [];
  for (const star of file.facts.exports) {
    if (star.name !== '*' || !star.from) continue;
    const source = file.facts.imports[star.from.import]?.source;
    const target = source === undefined ? undefined : linker.resolve(file, source);
    if (target && 'external' in target) packages.push(star.from.import);
    const found = target && 'file' in target ? exportsOf(linker, target.file, name) : NO_ORIGINS;
    if (found.length > 0) return found;
  }
  return unionOf(packages.map((id) => importedName(linker, file, id, name)));
}
