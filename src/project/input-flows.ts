import type { CallFact, FunctionId, RegionId, ValueId } from '../facts/types.ts';
import { callAt } from './call-at.ts';
import { calledName } from './callee-names.ts';
import { programIndex } from './calls.ts';
import { codeOf } from './code.ts';
import { runningFunction } from './execution.ts';
import { addTo } from './grouping.ts';
import { coversSource, inputChecksOf, isMadeBefore, placed, type CheckedSource, type InputCheck } from './input-checks.ts';
import { functionKey, type FunctionRef, type Site } from './origins.ts';
import { defineFileView, defineView, type Project } from './project.ts';
import type { Query } from './queries.ts';
import { ownEffectsOf } from './reach.ts';
import { handedOver, sourceKey, sourcesOf, type InputSource } from './request-data.ts';
import type { SourceFile } from './types.ts';

/** Data that reaches a query as it came, and the calls on the way. */
export interface InputFlow {
  readonly source: InputSource;
  readonly query: Query;
  readonly trail: readonly Site[];
}

/** What a function does with the request, or with what it is handed. */
export interface FunctionInput {
  readonly flows: readonly InputFlow[];
  /** What it, or a function that it calls, checks; those that hold for its callers, and all. */
  readonly checked: readonly CheckedSource[];
  readonly checkedSomewhere: readonly CheckedSource[];
  /** A signature is verified on the way: who sent the data is known, and that it is as they sent it. */
  readonly verifiesSignature: boolean;
}

const NOTHING: FunctionInput = { flows: [], checked: [], checkedSomewhere: [], verifiesSignature: false };
const MAX_TRAIL = 4;
const SIGNATURE = /^(?:createHmac|timingSafeEqual|constructEvent(?:Async)?|verify\w*(?:Signature|Webhook|Hmac)\w*|(?:validate|check|assert)\w*(?:Signature|Hmac)\w*|isValidSignature)$/;

const summaries = defineView((project) => {
  programIndex(project.linker);
  return new Map<string, FunctionInput>();
});

/** Summary of a function: memoised; recursion ends in nothing. */
export function inputOf(project: Project, ref: FunctionRef): FunctionInput {
  const memo = summaries(project);
  const key = functionKey(ref);
  const known = memo.get(key);
  if (known) return known;
  memo.set(key, NOTHING);
  const found = summarise(project, ref);
  memo.set(key, found);
  return found;
}

function summarise(project: Project, ref: FunctionRef): FunctionInput {
  const { file } = ref;
  const { queries, runs } = ownEffectsOf(project, ref);
  const calls = runs.flatMap(({ site, callee }) => {
    const call = callee.file.role === 'source' ? callAt(site) : undefined;
    return call ? [{ site, call, callee, inside: inputOf(project, callee) }] : [];
  });
  const checks: InputCheck[] = inputChecksOf(project, file).filter((check) => check.function === ref.function);
  for (const { call, callee, inside } of calls) {
    for (const source of inside.checked) {
      const here = handedOver(project, file, call, callee, source);
      checks.push(...here.map((each) => placed(project, file, { ...each, ...howChecked(source) }, call.region, call.end)));
    }
  }
  const flows: InputFlow[] = [];
  const add = (flow: InputFlow, region: RegionId, offset: number): void => {
    const isChecked = checks.some((check) => coversSource(check.source, flow.source) && isMadeBefore(file, check, region, offset));
    if (!isChecked && flow.trail.length <= MAX_TRAIL) flows.push(flow);
  };
  for (const query of queries) {
    for (const value of valuesSent(query)) for (const source of sourcesOf(project, file, value)) add({ source, query, trail: [] }, query.region, query.end);
  }
  for (const { site, call, callee, inside } of calls) {
    for (const flow of inside.flows) {
      for (const source of handedOver(project, file, call, callee, flow.source)) add({ ...flow, source, trail: [site, ...flow.trail] }, call.region, call.end);
    }
  }
  const body = file.facts.functions[ref.function]?.body;
  const requestChecks = calls.flatMap(({ inside }) => inside.checkedSomewhere.filter((source) => source.kind === 'request'));
  return {
    flows: firstOfEach(flows),
    checked: checks.flatMap((check) => (check.region === body ? [check.source] : [])),
    checkedSomewhere: [...checks.map((check) => check.source), ...requestChecks],
    verifiesSignature: verifying(project, file).has(ref.function) || calls.some(({ inside }) => inside.verifiesSignature),
  };
}

function howChecked({ shallow = false, named = false }: CheckedSource): Pick<CheckedSource, 'shallow' | 'named'> {
  return { shallow, named };
}

/** Functions of a file that verify signatures. */
const verifying = defineFileView((project, file): ReadonlySet<FunctionId | -1> => {
  const found = new Set<FunctionId | -1>();
  for (const value of file.facts.calls) {
    const fact = callAt({ file, value });
    if (fact && isVerifying(file, fact)) found.add(runningFunction(project, file, fact.region));
  }
  return found;
});

/** `createHmac(…)`, `webhooks.verify(…)`. */
function isVerifying(file: SourceFile, fact: CallFact): boolean {
  const name = calledName(file, fact);
  return SIGNATURE.test(name) || (/^(?:verify|unwrap)/.test(name) && /webhook|svix|signature/i.test(codeOf(file, fact.callee)));
}

/** Everything that is put into a statement, the row that a method of it sends included. */
function valuesSent(query: Query): readonly ValueId[] {
  const { values } = query.file.facts;
  const head = values[query.head];
  if (head?.kind === 'tagged') return head.parts;
  if (head?.kind !== 'call' && head?.kind !== 'new') return [];
  const callee = values[head.callee];
  const row = callee?.kind === 'member' && values[callee.object]?.kind === 'name' ? [callee.object] : [];
  return [...new Set([...row, ...head.args, ...query.chain.flatMap((link) => link.args)])];
}

/** One flow for each source: the shortest. */
function firstOfEach(flows: readonly InputFlow[]): readonly InputFlow[] {
  const table = new Map<string, InputFlow[]>();
  for (const flow of flows) addTo(table, sourceKey(flow.source), flow);
  return [...table.values()].flatMap((list) => list.toSorted((a, b) => a.trail.length - b.trail.length).slice(0, 1));
}
