import type { FunctionId, RegionId, Span, ValueId } from '../facts/types.ts';
import type { Library, QueryEffect } from '../libraries/types.ts';
import { chainOf, type ChainLink } from './builder-chain.ts';
import { callFact, functionOfRegion, programIndex } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { addTo } from './grouping.ts';
import type { External, FunctionRef } from './origins.ts';
import { defineFileView, defineView, programFiles, type Project } from './project.ts';
import { queryCode } from './query-code.ts';
import { findModel, receiverClass } from './query-model.ts';
import { effectOf, meaningsOf, recognise, type CallMeaning } from './recognise.ts';
import { isStatement, sqlOperation, sqlTable, sqlTextOf } from './sql-text.ts';
import type { SourceFile } from './types.ts';
import { argumentOf, findWrappedSites, type WrappedSite } from './wrapped-queries.ts';

/** One statement that the code sends to a database, or would when it is executed. */
export interface Query extends Span {
  readonly file: SourceFile;
  /** The outermost expression of the chain. `start` and `end` are its span. */
  readonly value: ValueId;
  /** The call that has the effect. */
  readonly head: ValueId;
  /** Span of the method's name. */
  readonly nameSpan: Span;
  /** Id of the library. */
  readonly library: string;
  readonly method: string;
  readonly operation: 'read' | 'write' | 'raw';
  readonly bulk: boolean;
  readonly many: boolean;
  /** As written in code: the client's member, the table's identifier, the entity's class, the table in the SQL text. */
  readonly model?: string;
  /** As people say it: `prisma.user.findMany`, `db.select().from(users)`. */
  readonly code: string;
  readonly region: RegionId;
  readonly function: FunctionId | -1;
  readonly batchedPerTick: boolean;
  readonly chain: readonly ChainLink[];
  /** False for builders that are only a part of another statement, or are never sent. */
  readonly executed: boolean;
  /** The function of the project that sends it, where the statement is decided at this call and sent in there. Such a call need not be followed. */
  readonly through?: FunctionRef;
  /** True for the query inside such a function: what it does is decided by the callers. */
  readonly generic?: true;
}

/** Queries whose callee is a library's, file by file. */
const directQueries = defineFileView((project, file): readonly Query[] => {
  programIndex(project.linker);
  if (file.role === 'generated' || file.role === 'declaration') return [];
  const found: Query[] = [];
  for (const value of file.facts.calls) {
    const match = effectOf(meaningsOf(project.linker, project.recogniser, { file, value }), 'query');
    if (match) found.push(describe(project, file, value, match.meaning, match.effect));
  }
  return found;
});

/** All queries of the program, by file: those of libraries, and calls of the project's own functions that send what they are given. */
const queriesByFile = defineView((project): ReadonlyMap<SourceFile, readonly Query[]> => {
  programIndex(project.linker);
  const direct = programFiles(project).flatMap((file) => directQueries(project, file));
  const { sites, inner } = findWrappedSites(project, direct);
  const table = new Map<SourceFile, Query[]>();
  const add = (query: Query) => {
    addTo(table, query.file, query);
  };
  for (const query of direct) add(inner.has(query) ? { ...query, generic: true } : query);
  const seen = new Set<string>();
  for (const site of sites) {
    const key = `${site.file.path}#${site.value}`;
    if (seen.has(key) || site.file.role === 'generated' || site.file.role === 'declaration') continue;
    seen.add(key);
    add(describeWrapped(project, site));
  }
  for (const list of table.values()) list.sort((a, b) => a.start - b.start || b.end - a.end);
  return table;
});

export const queries = defineView((project): readonly Query[] => [...queriesByFile(project).values()].flat());

export function queriesOf(project: Project, file: SourceFile): readonly Query[] {
  return queriesByFile(project).get(file) ?? [];
}

/** Whether a call is itself a query whose sending function need not be followed. */
export function isWrappedQuery(project: Project, file: SourceFile, value: ValueId): boolean {
  return wrappedHeads(project, file).has(value);
}

const wrappedHeads = defineFileView(
  (project, file): ReadonlySet<ValueId> => new Set(queriesOf(project, file).flatMap((query) => (query.through ? [query.head] : []))),
);

/** A call that opens a transaction. `callback` is the function that runs in it; absent for lists of statements and for transactions that are passed around. */
export interface Transaction extends Span {
  readonly file: SourceFile;
  readonly value: ValueId;
  readonly region: RegionId;
  readonly library: string;
  readonly callback?: FunctionRef;
}

export const transactionsOf = defineFileView((project, file): readonly Transaction[] => {
  programIndex(project.linker);
  const found: Transaction[] = [];
  for (const value of file.facts.calls) {
    const match = effectOf(meaningsOf(project.linker, project.recogniser, { file, value }), 'transaction');
    const fact = callFact(file, value);
    if (!match || !fact || fact.kind === 'tagged') continue;
    const callback = fact.args.flatMap((arg) => evaluate(project.linker, file, arg)).find((origin) => origin.kind === 'function');
    found.push({
      file,
      value,
      start: fact.start,
      end: fact.end,
      region: fact.region,
      library: match.meaning.library.id,
      ...(callback && { callback: { file: callback.file, function: callback.function } }),
    });
  }
  return found;
});

function describe(project: Project, file: SourceFile, head: ValueId, meaning: CallMeaning, effect: QueryEffect): Query {
  const { library, callee, spec } = meaning;
  const chain = chainOf(project, file, head, library, effect);
  const sql = effect.operation === 'raw' || effect.model?.from === 'sql' ? statementText(project, file, head) : undefined;
  const model = findModel(project.linker, effect.model, { file, head, callee, spec, chain: chain.links, sql });
  const writing = chain.links.find((link) => effect.builder?.writes?.includes(link.name));
  const operation = writing ? 'write' : effect.operation !== 'write' && sql !== undefined ? sqlOperation(sql) : effect.operation;
  const { name, nameSpan } = calledName(file, head);
  return {
    ...placed(file, chain.value, head),
    nameSpan,
    library: library.id,
    method: writing?.name ?? name,
    operation,
    bulk: effect.bulk ?? false,
    many: effect.many === true && !chain.links.some((link) => SINGLE.has(link.name)),
    ...(model !== undefined && { model }),
    code: queryCode(file, head, chain.links, model),
    batchedPerTick: effect.batchedPerTick ?? false,
    chain: chain.links,
    executed: isExecuted(project, file, head, chain.executed, effect) && !(effect.builder && effect.operation === 'raw' && sql !== undefined && !isStatement(sql)),
  };
}

/** Methods that make one row of a list. */
const SINGLE = new Set(['first', 'get', 'limit1', 'executeTakeFirst', 'executeTakeFirstOrThrow']);

function placed(file: SourceFile, value: ValueId, head: ValueId) {
  const fact = file.facts.values[value];
  const region = callFact(file, head)?.region ?? 0;
  return { file, value, head, start: fact?.start ?? 0, end: fact?.end ?? 0, region, function: functionOfRegion(file, region) };
}

function describeWrapped(project: Project, site: WrappedSite): Query {
  const { file, value, wrapper } = site;
  const { query: inner } = wrapper;
  const statement = wrapper.argument === undefined ? undefined : argumentOf(site, wrapper.argument);
  const sql = statement === undefined ? undefined : sqlTextOf(project.linker, file, statement);
  const model = sql !== undefined ? sqlTable(sql) : wrapper.argument === undefined ? receiverClass(project.linker, file, value) : undefined;
  const { name, nameSpan } = calledName(file, value);
  return {
    ...placed(file, value, value),
    nameSpan,
    library: inner.library,
    method: name,
    operation: sql === undefined ? inner.operation : sqlOperation(sql),
    bulk: inner.bulk,
    many: inner.many,
    ...(model !== undefined && { model }),
    code: queryCode(file, value, [], model),
    batchedPerTick: false,
    chain: [],
    executed: true,
    through: wrapper.ref,
    ...(site.generic && { generic: true as const }),
  };
}

function statementText(project: Project, file: SourceFile, head: ValueId): string | undefined {
  const fact = callFact(file, head);
  if (!fact) return undefined;
  if (fact.kind === 'tagged') return sqlTextOf(project.linker, file, head);
  const [first] = fact.args;
  const handed = first === undefined ? undefined : sqlTextOf(project.linker, file, first);
  if (handed !== undefined) return handed;
  // sql`…`.execute(db)
  const callee = file.facts.values[fact.callee];
  return callee?.kind === 'member' ? sqlTextOf(project.linker, file, callee.object) : undefined;
}

function calledName(file: SourceFile, head: ValueId): { name: string; nameSpan: Span } {
  const fact = callFact(file, head);
  const id = fact?.kind === 'tagged' ? fact.tag : fact?.callee;
  const callee = id === undefined ? undefined : file.facts.values[id];
  if (callee?.kind === 'member') return { name: callee.property, nameSpan: { start: callee.propertyStart, end: callee.propertyStart + callee.property.length } };
  const name = callee?.kind === 'name' ? (file.facts.bindings[callee.binding]?.name ?? '') : '';
  return { name, nameSpan: { start: callee?.start ?? 0, end: callee?.end ?? 0 } };
}

/** A builder may be sent elsewhere: by a method called on what came of it, in another function. */
function isExecuted(project: Project, file: SourceFile, head: ValueId, here: boolean, effect: QueryEffect): boolean {
  return here || (effect.builder?.executes !== undefined && executedHeads(project).has(`${file.path}#${head}`));
}

const executedHeads = defineView((project): ReadonlySet<string> => {
  const names = new Set(project.libraries.flatMap((library) => executingMethods(library)));
  const heads = new Set<string>();
  for (const file of programFiles(project)) {
    for (const value of file.facts.calls) {
      const fact = file.facts.values[value];
      const callee = fact?.kind === 'call' ? file.facts.values[fact.callee] : undefined;
      if (callee?.kind !== 'member' || !names.has(callee.property)) continue;
      for (const origin of evaluate(project.linker, file, callee.object)) if (origin.kind === 'external' && recognise(project.recogniser, origin)) addCalls(heads, origin);
    }
  }
  return heads;
});

function addCalls(heads: Set<string>, origin: External): void {
  for (let at: External | undefined = origin; at?.step; at = at.parent) {
    if (at.step.kind === 'call' && at.step.site) heads.add(`${at.step.site.file.path}#${at.step.site.value}`);
  }
}

function executingMethods(library: Library): readonly string[] {
  return Object.values(library.types).flatMap((type) =>
    Object.values(type.members ?? {}).flatMap((member) => {
      const effect = typeof member === 'object' ? member.call?.effect : undefined;
      return effect?.kind === 'query' ? (effect.builder?.executes ?? []) : [];
    }),
  );
}
