import type { ImportFact } from '../facts/types.ts';
import type { Layer, LayerEvidence } from './layer-names.ts';
import { defineView, type Project } from './project.ts';
import type { SourceFile } from './types.ts';

/** The file of the project that an import leads to. */
export function importedFile(project: Project, file: SourceFile, fact: ImportFact): SourceFile | undefined {
  const target = project.linker.resolve(file, fact.source);
  return target && 'file' in target ? target.file : undefined;
}

/** A file that only hands on what others export. */
export function isBarrel(file: SourceFile): boolean {
  const { exports, calls, functions, classes } = file.facts;
  return exports.length > 0 && calls.length === 0 && functions.length === 0 && classes.length === 0 && exports.every((fact) => fact.from !== undefined);
}

/** A file without anything that runs: types, interfaces, enums at most. */
export function isTypeOnly(file: SourceFile): boolean {
  const { calls, functions, classes, typeDeclarations, exports } = file.facts;
  return (
    typeDeclarations.length > 0 && calls.length === 0 && classes.length === 0 && functions.length === 0 && exports.every((fact) => fact.value === undefined)
  );
}

/** Files that use a file at run time, those behind barrels included. */
export const importersOf = defineView((project): ReadonlyMap<SourceFile, ReadonlySet<SourceFile>> => {
  const table = new Map<SourceFile, Set<SourceFile>>();
  for (const file of project.files.values()) {
    if (file.role !== 'source' || isBarrel(file)) continue;
    for (const fact of file.facts.imports) {
      if (fact.use === 'type' || fact.use === 'elided') continue;
      for (const target of filesBehind(project, file, fact)) {
        const importers = table.get(target) ?? new Set();
        table.set(target, importers.add(file));
      }
    }
  }
  return table;
});

/** Where an import leads; through a barrel, the files that declare the imported names. */
export function filesBehind(project: Project, file: SourceFile, fact: ImportFact): ReadonlySet<SourceFile> {
  const target = importedFile(project, file, fact);
  const found = new Set<SourceFile>();
  if (!target || target === file) return found;
  if (!isBarrel(target)) return found.add(target);
  for (const { imported } of fact.names) {
    const declaring = imported === '*' ? undefined : fileExporting(project, target, imported);
    if (declaring && declaring !== file) found.add(declaring);
  }
  return found;
}

/** The file that declares what another one exports under a name. */
export function fileExporting(project: Project, file: SourceFile, name: string, depth = 0): SourceFile | undefined {
  if (depth > MAX_REEXPORTS) return undefined;
  for (const fact of file.facts.exports) {
    if (fact.name !== name) continue;
    const source = fact.from && file.facts.imports[fact.from.import];
    const next = source && importedFile(project, file, source);
    if (fact.from && next) return fileExporting(project, next, fact.from.imported, depth + 1);
    return fact.from ? undefined : file;
  }
  for (const fact of file.facts.exports) {
    const source = fact.name === '*' && fact.from ? file.facts.imports[fact.from.import] : undefined;
    const next = source && importedFile(project, file, source);
    const found = next && fileExporting(project, next, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}

const MAX_REEXPORTS = 12;

/** What stands around a file: the labels of those who use it, and what it uses. `labelOf`: label without the graph. */
export function graphEvidence(project: Project, file: SourceFile, labelOf: (file: SourceFile) => Layer, queries: number): readonly LayerEvidence[] {
  const importers = [...(importersOf(project).get(file) ?? [])].map(labelOf);
  const users = (layer: Layer): number => importers.filter((each) => each === layer).length;
  if (users('view') > importers.length / 2) return [evidence('view', 2, 'used by views')];
  const uses = new Set(file.facts.imports.flatMap((fact) => (fact.use === 'runtime' ? [...filesBehind(project, file, fact)].map(labelOf) : [])));
  const handlers = users('handler');
  const services = users('service');
  const hasFunctions = file.facts.functions.length > 0;
  if (!hasFunctions || handlers + services === 0) return [];
  const by = handlers > 0 ? 'used by handlers' : 'used by services';
  if (queries > 0 && handlers === 0) return [evidence('repository', 2, `sends queries and is ${by}`)];
  if (queries > 0) return [evidence('service', 2, `sends queries and is ${by}`)];
  if (handlers > 0 && uses.has('repository')) return [evidence('service', 2, `${by} and uses repositories`)];
  return handlers > 0 && uses.has('client') ? [evidence('service', 2, `${by} and uses the database client`)] : [];
}

function evidence(layer: Layer, weight: number, text: string): LayerEvidence {
  return { layer, weight, source: 'graph', text };
}
