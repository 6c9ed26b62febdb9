import type { BindingId, FunctionId, RegionId, Span, ValueId } from '../facts/types.ts';
import { addTo } from './grouping.ts';
import { callFact, programIndex } from './calls.ts';
import { isWithin } from './dataflow.ts';
import { evaluate } from './evaluate.ts';
import { runningFunction } from './execution.ts';
import { bindingsByValue } from './name-uses.ts';
import { functionKey, type FunctionRef } from './origins.ts';
import { defineView, programFiles, type Project } from './project.ts';
import { transactionsOf } from './queries.ts';
import { effectOf, meaningsOf } from './recognise.ts';
import { sqlTextOf } from './sql-text.ts';
import type { SourceFile } from './types.ts';

/** Code that runs while a transaction is open, and the name by which it reaches the transaction. */
export interface TransactionScope {
  /** The file the code stands in. */
  readonly file: SourceFile;
  /** The call that opens the transaction, which may stand in another file where a function of the project does it. */
  readonly opener: { readonly file: SourceFile; readonly value: ValueId };
  /** The library's id. */
  readonly library: string;
  /** Everything in this region that starts between the offsets runs in the transaction. */
  readonly region: RegionId;
  readonly span: Span;
  /** What stands for the transaction: a parameter of the callback, or names that hold it. */
  readonly handle: { readonly function: FunctionId; readonly parameter: number } | { readonly bindings: readonly BindingId[] };
}

/** Scopes of all transactions, by the file their code stands in. */
export const transactionScopes = defineView((project): ReadonlyMap<SourceFile, readonly TransactionScope[]> => {
  const { callers } = programIndex(project.linker);
  const table = new Map<SourceFile, TransactionScope[]>();
  const open: Taken[] = [];
  const seen = new Set<string>();
  const add = (ref: FunctionRef, parameter: number, opener: TransactionScope['opener'], library: string) => {
    const fact = ref.file.facts.functions[ref.function];
    const key = `${functionKey(ref)} ${parameter}`;
    if (!fact || fact.body === undefined || seen.has(key)) return;
    seen.add(key);
    const scope: TransactionScope = { file: ref.file, opener, library, region: fact.body, span: fact, handle: { function: ref.function, parameter } };
    addTo(table, ref.file, scope);
    open.push(...callbacksRunIn(scope).map((taken) => ({ ...taken, opener, library })));
  };
  for (const file of programFiles(project)) {
    for (const transaction of transactionsOf(project, file)) {
      const opener = { file, value: transaction.value };
      if (transaction.callback) add(transaction.callback, 0, opener, transaction.library);
      open.push(...callbacksPassedOn(file, transaction.value).map((taken) => ({ ...taken, opener, library: transaction.library })));
    }
    for (const scope of begunIn(project, file)) addTo(table, file, scope);
  }
  for (let taken = open.pop(); taken; taken = open.pop()) {
    for (const site of callers.get(functionKey(taken.ref)) ?? []) {
      const fact = callFact(site.file, site.value);
      const arg = fact && fact.kind !== 'tagged' ? fact.args[taken.argument] : undefined;
      if (arg === undefined || site.file.role === 'test') continue;
      for (const origin of evaluate(project.linker, site.file, arg)) if (origin.kind === 'function') add(origin, taken.parameter, taken.opener, taken.library);
    }
  }
  return table;
});

/** A function of the project that runs the callback at an argument in a transaction, which the callback gets as its n-th parameter. */
interface Taken {
  readonly ref: FunctionRef;
  readonly argument: number;
  readonly parameter: number;
  readonly opener: TransactionScope['opener'];
  readonly library: string;
}

type TakenCallback = Pick<Taken, 'ref' | 'argument' | 'parameter'>;

/** `const inTransaction = (fn) => db.transaction(fn)`. */
function callbacksPassedOn(file: SourceFile, opener: ValueId): readonly TakenCallback[] {
  const call = callFact(file, opener);
  if (!call || call.kind === 'tagged') return [];
  return call.args.flatMap((arg) => {
    const param = parameterAt(file, arg);
    return param ? [{ ref: { file, function: param.function }, argument: param.index, parameter: 0 }] : [];
  });
}

/** `const inTransaction = (fn) => db.transaction((tx) => fn(tx))`. */
function callbacksRunIn({ file, region, handle }: TransactionScope): readonly TakenCallback[] {
  const found: TakenCallback[] = [];
  for (const id of file.facts.calls) {
    const call = file.facts.values[id];
    if (call?.kind !== 'call' || !isWithin(file, call.region, region)) continue;
    const param = parameterAt(file, call.callee);
    if (!param || !('function' in handle) || param.function === handle.function) continue;
    const parameter = call.args.findIndex((arg) => {
      const given = parameterAt(file, arg);
      return given?.function === handle.function && given.index === handle.parameter;
    });
    if (parameter >= 0) found.push({ ref: { file, function: param.function }, argument: param.index, parameter });
  }
  return found;
}

function parameterAt(file: SourceFile, id: ValueId): { readonly function: FunctionId; readonly index: number } | undefined {
  const fact = file.facts.values[id];
  if (fact?.kind === 'cast') return parameterAt(file, fact.value);
  if (fact?.kind === 'param') return fact.rest ? undefined : fact;
  const value = fact?.kind === 'name' ? file.facts.bindings[fact.binding]?.value : undefined;
  const held = value === undefined ? undefined : file.facts.values[value];
  return held?.kind === 'param' && !held.rest ? held : undefined;
}

const END = new Set(['commit', 'commitTransaction']);

/** Transactions begun by one call and committed by another: `const t = await sequelize.transaction()`, `queryRunner.startTransaction()`, `BEGIN`. */
function begunIn(project: Project, file: SourceFile): readonly TransactionScope[] {
  const found: TransactionScope[] = [];
  for (const value of file.facts.calls) {
    const begin = beginningAt(project, file, value);
    const call = callFact(file, value);
    if (!begin || !call) continue;
    const runs = runningFunction(project, file, call.region);
    const body = runs < 0 ? undefined : file.facts.functions[runs]?.body;
    const end = begin.bindings.length === 0 ? undefined : endOf(project, file, value, begin.bindings);
    if (body === undefined || end === undefined) continue;
    found.push({
      file,
      opener: { file, value },
      library: begin.library,
      region: body,
      span: { start: call.end, end },
      handle: { bindings: begin.bindings },
    });
  }
  return found;
}

function beginningAt(project: Project, file: SourceFile, value: ValueId): { readonly library: string; readonly bindings: readonly BindingId[] } | undefined {
  const call = file.facts.values[value];
  if (call?.kind !== 'call') return undefined;
  const meanings = meaningsOf(project.linker, project.recogniser, { file, value });
  const begin = effectOf(meanings, 'transactionBegin');
  const callee = file.facts.values[call.callee];
  const receiver = callee?.kind === 'member' ? file.facts.values[callee.object] : undefined;
  if (begin) {
    const library = begin.meaning.library.id;
    if (begin.effect.handle === 'result') return { library, bindings: namesOf(file, value) };
    return receiver?.kind === 'name' ? { library, bindings: [receiver.binding] } : undefined;
  }
  const opened = effectOf(meanings, 'transaction');
  if (opened?.effect.handle === 'result' && !call.args.some((arg) => file.facts.values[arg]?.kind === 'function')) {
    return { library: opened.meaning.library.id, bindings: namesOf(file, value) };
  }
  const query = effectOf(meanings, 'query');
  const [statement] = call.args;
  if (query?.effect.operation !== 'raw' || statement === undefined || receiver?.kind !== 'name') return undefined;
  const begins = /^\s*(?:BEGIN|START TRANSACTION)\b/i.test(sqlTextOf(project.linker, file, statement) ?? '');
  return begins ? { library: query.meaning.library.id, bindings: [receiver.binding] } : undefined;
}

/** Names given what a call gives, awaited or not. */
function namesOf(file: SourceFile, value: ValueId): readonly BindingId[] {
  const names = bindingsByValue(file.facts);
  const awaited = file.facts.values.findIndex((fact) => fact.kind === 'await' && fact.value === value);
  return [...(names.get(value) ?? []), ...(names.get(awaited) ?? [])];
}

/** Offset of the first commit after a beginning. */
function endOf(project: Project, file: SourceFile, begin: ValueId, bindings: readonly BindingId[]): number | undefined {
  const from = file.facts.values[begin]?.end ?? 0;
  const ends = file.facts.calls.flatMap((id) => {
    const call = file.facts.values[id];
    const callee = call?.kind === 'call' ? file.facts.values[call.callee] : undefined;
    const receiver = callee?.kind === 'member' ? file.facts.values[callee.object] : undefined;
    if (call?.kind !== 'call' || callee?.kind !== 'member' || receiver?.kind !== 'name') return [];
    if (call.start < from || !bindings.includes(receiver.binding)) return [];
    const [statement] = call.args;
    const commits = END.has(callee.property) || (statement !== undefined && /^\s*COMMIT\b/i.test(sqlTextOf(project.linker, file, statement) ?? ''));
    return commits ? [call.start] : [];
  });
  return ends.length === 0 ? undefined : Math.min(...ends);
}
