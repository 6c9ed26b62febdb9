import type { RegionId, ThrowFact, ValueId } from '../facts/types.ts';
import { isAbsorbedAt, isAbsorbedCall } from './absorbed-errors.ts';
import { isAboutCertainValue, isAboutPartOfCertainRow } from './certain-values.ts';
import { thrownMessage, throwsOf, type Thrown } from './thrown-errors.ts';
import { isInternalMessage } from './error-concepts.ts';
import { someOperand } from './dataflow.ts';
import { guardsAt } from './guards.ts';
import { defineView, type Project } from './project.ts';
import { functionsOnRequests, requestFunctionAt, type RequestFunction } from './request-path.ts';
import { isSwitchedOffAt } from './switched-off.ts';
import type { SourceFile } from './types.ts';

/** A plain error that leaves a function while a request is answered. */
export interface UntypedThrow {
  readonly fact: ThrowFact;
  readonly form: Extract<Thrown, { kind: 'plain' }>['form'];
  /** Absent when no part of it is known. */
  readonly message?: string;
  readonly function: RequestFunction;
  /** Speaks against its being about the request: it is logged as a failure, a relation may be required, or the call on the way does not give what its condition asks for. */
  readonly doubtful: boolean;
}

/** Names of functions that only stop a wrong program. */
const ASSERTING = /^(?:assert(?:Never|Unreachable|Exhaustive|Defined)?|invariant|unreachable|never|exhaustive\w*)$/i;

/** Functions whose errors reach the central handler: calls with a `catch` around them are not followed. */
const uncaughtOnRequests = defineView((project) => functionsOnRequests(project, (site) => isAbsorbedCall(project, site.file, site.value)));

/** Plain errors of a file that requests run into and nobody in between catches, without those that speak of the program itself. */
export function untypedThrowsOf(project: Project, file: SourceFile): readonly UntypedThrow[] {
  if (!file.facts.throws.length) return [];
  return throwsOf(project, file).flatMap(({ fact, thrown }): readonly UntypedThrow[] => {
    if (thrown.kind !== 'plain') return [];
    const message = thrownMessage(file, fact.value);
    if (message !== undefined && isInternalMessage(message)) return [];
    const entry = requestFunctionAt(project, uncaughtOnRequests(project), file, fact.region);
    if (!entry || isProgramCheck(file, entry, fact.region) || isAbsorbedAt(project, file, fact.region)) return [];
    if (isAboutEnvironment(project, file, fact) || isAboutCertainty(project, file, fact)) return [];
    const doubtful = isLoggedAsFailure(file, fact) || isAboutRelation(project, file, fact) || isSwitchedOffOnTheWay(project, file, fact, entry);
    return [{ fact, form: thrown.form, ...(message === undefined ? {} : { message }), function: entry, doubtful }];
  });
}

/** Constructors, assertions and the default of an exhaustive `switch`. */
function isProgramCheck(file: SourceFile, entry: RequestFunction, region: RegionId): boolean {
  const fact = entry.file.facts.functions[entry.function];
  if (fact?.kind === 'constructor' || ASSERTING.test(fact?.name ?? '')) return true;
  for (let id: number = region; id >= 0; ) {
    const at = file.facts.regions[id];
    if (!at || at.kind === 'body') return false;
    if (at.kind === 'case' && at.label === undefined) return true;
    id = at.parent;
  }
  return false;
}

/** `if (!process.env.API_KEY) throw …`, `if (!env.STRIPE_KEY) throw …`. */
function isAboutEnvironment(project: Project, file: SourceFile, fact: ThrowFact): boolean {
  const [guard] = guardsAt(project, file, fact.start);
  return guard !== undefined && someOperand(file, guard.test, (value) => value.kind === 'member' && (value.property === 'env' || isNamedEnvironment(file, value.object)), 2);
}

function isNamedEnvironment(file: SourceFile, id: ValueId): boolean {
  const fact = file.facts.values[id];
  return fact?.kind === 'name' && /^(?:env|ENV|environment|config|CONFIG)$/.test(file.facts.bindings[fact.binding]?.name ?? '');
}

/** `if (!createdOrder) throw …`, after a read that throws by itself. */
function isAboutCertainty(project: Project, file: SourceFile, fact: ThrowFact): boolean {
  const [guard] = guardsAt(project, file, fact.start);
  return guard !== undefined && isAboutCertainValue(project, file, guard);
}

/** `const { customer } = await prisma.order.findFirstOrThrow(…); if (!customer) throw …`. */
function isAboutRelation(project: Project, file: SourceFile, fact: ThrowFact): boolean {
  const [guard] = guardsAt(project, file, fact.start);
  return guard !== undefined && isAboutPartOfCertainRow(project, file, guard);
}

/** Names of methods that log what went wrong with the program or the systems it needs. */
const LOGS_FAILURE = /^(?:error|fatal|critical|captureException|captureMessage)$/;

/** `console.error(…); throw …`: who logs it as a failure does not mean the client. */
function isLoggedAsFailure(file: SourceFile, fact: ThrowFact): boolean {
  return file.facts.calls.some((id) => {
    const call = file.facts.values[id];
    const callee = call?.kind === 'call' && call.region === fact.region && call.end <= fact.start ? file.facts.values[call.callee] : undefined;
    return callee?.kind === 'member' && LOGS_FAILURE.test(callee.property);
  });
}

/** Whether the call that leads here on the way from the route leaves out what the condition of the throw asks for. */
function isSwitchedOffOnTheWay(project: Project, file: SourceFile, fact: ThrowFact, { caller }: RequestFunction): boolean {
  return caller !== undefined && isSwitchedOffAt(project, caller.site, { file, region: fact.region });
}
