import type { Library } from '../libraries/types.ts';
import type { Project } from '../project/project.ts';
import { compareText } from '../findings/rule-selection.ts';

/** A library that the project imports, and in how many files. */
export interface LibraryUse {
  readonly library: Library;
  readonly files: number;
}

/** The frameworks, ORMs and so on that the code imports, most used first. */
export function librariesUsed(project: Project): LibraryUse[] {
  const files = new Map<Library, number>();
  for (const { facts } of project.files.values()) {
    const sources = new Set(facts.imports.map((fact) => fact.source));
    for (const library of project.libraries) {
      if ([...sources].some((source) => isOf(library, source))) files.set(library, (files.get(library) ?? 0) + 1);
    }
  }
  return [...files].map(([library, amount]) => ({ library, files: amount })).sort((a, b) => b.files - a.files || compareText(a.library.id, b.library.id));
}

function isOf({ packages }: Library, source: string): boolean {
  return packages.some((name) => (typeof name === 'string' ? source === name || source.startsWith(`${name}/`) : name.test(source)));
}
