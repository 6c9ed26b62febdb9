import type { CallFact, RegionId, TaggedFact, ValueId } from '../facts/types.ts';
import { evaluate } from './evaluate.ts';
import { addTo } from './grouping.ts';
import type { Linker, ProgramIndex } from './linker.ts';
import { functionKey, NO_ORIGINS, type FunctionRef, type Origins, type Site } from './origins.ts';
import type { FileRole, SourceFile } from './types.ts';

export function callFact(file: SourceFile, id: ValueId): CallFact | TaggedFact | undefined {
  const fact = file.facts.values[id];
  return fact?.kind === 'call' || fact?.kind === 'new' || fact?.kind === 'tagged' ? fact : undefined;
}

/** What a call calls. */
export function calleesOf(linker: Linker, file: SourceFile, id: ValueId): Origins {
  const fact = callFact(file, id);
  if (!fact) return NO_ORIGINS;
  return evaluate(linker, file, fact.kind === 'tagged' ? fact.tag : fact.callee);
}

/** Functions of ours that a call runs, constructors included. */
export function calledFunctions(linker: Linker, file: SourceFile, id: ValueId): readonly FunctionRef[] {
  const fact = callFact(file, id);
  return calleesOf(linker, file, id).flatMap((origin): readonly FunctionRef[] => {
    if (origin.kind === 'function') return [{ file: origin.file, function: origin.function }];
    if (origin.kind !== 'class' || fact?.kind !== 'new') return [];
    const constructor = origin.file.facts.classes[origin.class]?.members.find((member) => member.kind === 'constructor')?.function;
    return constructor === undefined ? [] : [{ file: origin.file, function: constructor }];
  });
}

/** Function whose body a region belongs to; -1 for the module. */
export function functionOfRegion(file: SourceFile, region: RegionId): number {
  return file.facts.regions[region]?.function ?? -1;
}

/**
 * Callers and flows of all functions. A parameter without a type is answered through this index, and the index itself needs
 * parameters; so it is built in rounds, each of which knows what the one before found, until nothing new turns up.
 */
export function programIndex(linker: Linker): ProgramIndex {
  return linker.index ?? indexCalls(linker, allCalls(linker), { callers: new Map(), flows: new Map() });
}

/** Files calls under the functions they reach, until nothing new turns up. Afterwards the linker answers through the index. */
export function indexCalls(linker: Linker, sites: readonly Site[], index: ProgramIndex): ProgramIndex {
  let open = sites;
  for (let round = 0; round < MAX_ROUNDS && open.length > 0; round++) {
    const unknown = open.filter((site) => !indexCall(linker, site, index));
    linker.index = index;
    if (unknown.length === open.length) break;
    open = unknown;
    forgetUnknown(linker);
  }
  return index;
}

const MAX_ROUNDS = 4;

/** Roles whose calls say nothing of the program: tests call with doubles, and are as many as what they test. */
const NOT_CALLING: ReadonlySet<FileRole> = new Set(['generated', 'declaration', 'test']);

function allCalls(linker: Linker): readonly Site[] {
  const sites: Site[] = [];
  for (const file of linker.files.values()) {
    if (NOT_CALLING.has(file.role)) continue;
    for (const value of file.facts.calls) sites.push({ file, value });
  }
  return sites;
}

/** Files a call under the functions it reaches; false when its callee is not known yet. */
function indexCall(linker: Linker, site: Site, { callers, flows }: ProgramIndex): boolean {
  const origins = calleesOf(linker, site.file, site.value);
  if (origins.length === 0) return false;
  for (const ref of calledFunctions(linker, site.file, site.value)) addTo(callers, functionKey(ref), site);
  const fact = callFact(site.file, site.value);
  if (fact?.kind !== 'call' && fact?.kind !== 'new') return true;
  fact.args.forEach((arg, argument) => {
    if (!mayHoldFunction(site.file, arg)) return;
    for (const origin of evaluate(linker, site.file, arg)) {
      if (origin.kind === 'function') addTo(flows, functionKey(origin), { ...site, argument });
    }
  });
  return true;
}

function mayHoldFunction(file: SourceFile, id: ValueId): boolean {
  const kind = file.facts.values[id]?.kind;
  return kind === 'function' || kind === 'name' || kind === 'member' || kind === 'call';
}

/** What was unknown may be known now that the index has grown. */
function forgetUnknown(linker: Linker): void {
  for (const memo of linker.values.values()) {
    for (let id = 0; id < memo.length; id++) if (memo[id]?.length === 0) memo[id] = undefined;
  }
  for (const table of [linker.returned, linker.handed, linker.exports, linker.members]) {
    for (const [key, origins] of table) if (origins.length === 0) table.delete(key);
  }
}
