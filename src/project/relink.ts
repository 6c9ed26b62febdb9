import type { FunctionId } from '../facts/types.ts';
import { indexCalls } from './calls.ts';
import type { Linker, ProgramIndex } from './linker.ts';
import { functionKey, type Site } from './origins.ts';
import { carryViews } from './project.ts';
import type { SourceFile } from './types.ts';

/**
 * A linker for the program with one file replaced, made from the one before in a few milliseconds: what an editor needs while
 * somebody types. What is known of other files is kept, so what they see of this file is as old as the last whole link;
 * what this file sees of them is up to date. Takes over the tables of the linker it is made from.
 */
export function relinkFile(before: Linker, old: SourceFile, fresh: SourceFile): Linker {
  const mark = `${old.path}#`;
  before.values.delete(old);
  before.types.delete(old);
  for (const table of [before.exports, before.returned, before.handed, before.members]) {
    for (const key of table.keys()) if (key.includes(mark)) table.delete(key);
  }
  const linker: Linker = { ...before, classIndex: undefined, index: undefined };
  if (before.index) {
    const index = withoutFile(before.index, old, fresh);
    linker.index = index;
    indexCalls(linker, fresh.facts.calls.map((value) => ({ file: fresh, value })), index);
  }
  carryViews(before, linker, old);
  return linker;
}

function withoutFile(index: ProgramIndex, old: SourceFile, fresh: SourceFile): ProgramIndex {
  const renumbered = renumberFunctions(old, fresh);
  return { callers: rekey(index.callers, old, renumbered), flows: rekey(index.flows, old, renumbered) };
}

function rekey<T extends Site>(table: ReadonlyMap<string, readonly T[]>, old: SourceFile, renumbered: ReadonlyMap<string, string>): Map<string, T[]> {
  const mark = `${old.path}#`;
  const next = new Map<string, T[]>();
  for (const [key, sites] of table) {
    const now = key.startsWith(mark) ? renumbered.get(key) : key;
    if (now !== undefined) next.set(now, sites.some((site) => site.file === old) ? sites.filter((site) => site.file !== old) : (sites as T[]));
  }
  return next;
}

/** Functions keep their callers when others are written above them: the n-th of a name stays the n-th of that name. */
function renumberFunctions(old: SourceFile, fresh: SourceFile): ReadonlyMap<string, string> {
  const now = new Map(namedFunctions(fresh).map(({ name, id }) => [name, id]));
  const found = new Map<string, string>();
  for (const { name, id } of namedFunctions(old)) {
    const to = now.get(name);
    if (to !== undefined) found.set(functionKey({ file: old, function: id }), functionKey({ file: fresh, function: to }));
  }
  return found;
}

function namedFunctions(file: SourceFile): readonly { readonly name: string; readonly id: FunctionId }[] {
  const counts = new Map<string, number>();
  return file.facts.functions.map((fact, id) => {
    const owner = fact.class === undefined ? '' : (file.facts.classes[fact.class]?.name ?? '');
    const name = `${owner}.${fact.name ?? ''}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { name: `${name}/${count}`, id };
  });
}
