import type { ImportEdge } from './import-edges.ts';
import type { Listing } from './listed-file.ts';
import type { LoadedFile } from './loaded-file.ts';
import type { Coverage, FileRole, SkipReason } from './types.ts';

/** What was found, read and resolved; reads every file. */
export function coverageOf(listing: Listing, files: Iterable<LoadedFile>, edgesOf: (path: string) => readonly ImportEdge[]): Coverage {
  const skipped: { path: string; reason: SkipReason }[] = [...listing.skipped];
  const damaged: Coverage['damaged'][number][] = [];
  const unresolved: Coverage['imports']['unresolved'][number][] = [];
  const roles: Partial<Record<FileRole, number>> = {};
  let found = listing.skipped.length;
  let parsed = 0;
  let internal = 0;
  let external = 0;
  for (const file of files) {
    found++;
    if (file.trouble) {
      skipped.push({ path: file.path, reason: file.trouble });
      continue;
    }
    roles[file.role] = (roles[file.role] ?? 0) + 1;
    const { parsed: isParsed, errors } = file.outcome;
    if (isParsed) parsed++;
    const fault = errors[0];
    if (fault || !isParsed) {
      const message = fault?.message ?? 'The parser gave up.';
      damaged.push({ path: file.path, line: lineAt(file.text, fault?.start ?? 0), message, kept: isParsed });
    }
    for (const { resolution, specifier, start } of edgesOf(file.path)) {
      if ('file' in resolution) internal++;
      if ('external' in resolution) external++;
      if ('unresolved' in resolution && resolution.internal) unresolved.push({ path: file.path, line: lineAt(file.text, start), source: specifier });
    }
  }
  return { found, parsed, damaged, skipped, roles, imports: { internal, unresolved, external } };
}

/** Line of an offset, from 1. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|[\r\n\u2028\u2029]/).length;
}
