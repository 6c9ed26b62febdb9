import type { ImportId } from '../facts/types.ts';
import type { Resolution, Resolver } from './resolution.ts';
import type { SourceFile } from './types.ts';

/** An import as written and where it leads. `start`: of the specifier, UTF-16 offset. */
export interface ImportEdge {
  readonly import: ImportId;
  readonly specifier: string;
  readonly start: number;
  readonly resolution: Resolution;
}

/** Imports of a file, in the order of the text. */
export function importEdgesOf(file: SourceFile, resolver: Resolver): readonly ImportEdge[] {
  return file.facts.imports.map(({ source, sourceSpan }, id) => ({
    import: id,
    specifier: source,
    start: sourceSpan.start,
    resolution: resolver.resolve(file.path, source),
  }));
}
