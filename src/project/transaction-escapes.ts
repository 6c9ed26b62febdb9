import type { ValueId } from '../facts/types.ts';
import { callFact } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { membersOf } from './members.ts';
import { originKey, type External, type Origin, type Origins, type Site } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import type { Query } from './queries.ts';
import { recognise } from './recognise.ts';
import { isSwitchedOff } from './switched-off.ts';
import { handleOf, originsIn, takesTransaction, type Frame } from './transaction-handles.ts';
import { stepsOf } from './transaction-run.ts';
import { transactionScopes, type TransactionScope } from './transactions.ts';
import type { SourceFile } from './types.ts';

/** A query that runs while a transaction is open, but on another connection. */
export interface TransactionEscape {
  readonly scope: TransactionScope;
  /** The query, or the call in the transaction's code that leads to it. */
  readonly site: Site;
  readonly query: Query;
  /** Calls from the transaction's code to the query; empty when it stands there. */
  readonly trail: readonly Site[];
  /** Whether the function that sends the query takes the transaction, and is not given it. */
  readonly takes: boolean;
  /** Other places of the same transaction, where its code takes no transaction at all: one change mends all. */
  readonly others: number;
}

/** Queries outside the open transactions of a file, one per place: the nearest. */
export const transactionEscapes = defineFileView((project, file): readonly TransactionEscape[] => {
  const found = new Map<ValueId, TransactionEscape>();
  for (const scope of transactionScopes(project).get(file) ?? []) {
    if (isAmbient(project, scope)) continue;
    for (const step of stepsOf(project, scope)) {
      for (const query of step.queries) {
        const site = step.trail[0] ?? { file, value: query.value };
        if (found.has(site.value) || query.library !== scope.library || !isOutside(project, scope, step.frame, query)) continue;
        if (isSwitchedOff(project, { query, trail: step.trail })) continue;
        found.set(site.value, { scope, site, query, trail: step.trail, takes: takesHandle(step.frame, query), others: 0 });
      }
    }
  }
  return foldedByScope([...found.values()]);
});

/** `db.transaction(async () => …)`: the first place stands for all. */
function foldedByScope(escapes: readonly TransactionEscape[]): readonly TransactionEscape[] {
  const startOf = ({ site }: TransactionEscape) => site.file.facts.values[site.value]?.start ?? 0;
  const ordered = [...escapes].sort((a, b) => startOf(a) - startOf(b));
  return ordered.flatMap((escape) => {
    if (takesParameter(escape.scope)) return [escape];
    const alike = ordered.filter(({ scope }) => scope === escape.scope);
    // A query of the transaction's own code tells most.
    const first = alike.find(({ trail }) => trail.length === 0) ?? alike[0];
    return first === escape ? [{ ...escape, others: alike.length - 1 }] : [];
  });
}

function takesParameter({ file, handle }: TransactionScope): boolean {
  return !('function' in handle) || file.facts.functions[handle.function]?.params[handle.parameter] !== undefined;
}

/** Libraries whose statements are told the transaction in an option; the others are sent by the transaction itself. */
export const BY_OPTION: ReadonlySet<string> = new Set(['sequelize', 'mongoose']);

function isOutside(project: Project, scope: TransactionScope, frame: Frame, query: Query): boolean {
  if (takesTransaction(frame, query.value) || takesTransaction(frame, query.head)) return false;
  if (query.chain.some((link) => link.args.some((arg) => handleOf(frame, arg) !== undefined))) return false;
  if (BY_OPTION.has(scope.library)) return !mayCarryTransaction(frame, query);
  const clients = receiversOf(frame, query.head);
  if (clients === undefined || clients.some((client) => isTransaction(project, client))) return false;
  if (scope.library === 'typeorm') return true;
  const opened = openerOrigins(project, scope);
  return clients.some((client) => opened.some((other) => isSameClient(client, other)));
}

/** Statics whose first argument is the row or the key; all others begin with options. */
const DATA_FIRST = new Set(['findByPk', 'create', 'bulkCreate', 'update', 'upsert', 'increment', 'decrement', 'max', 'min', 'sum', 'query']);

/** An option that is not written out may hold the transaction; so may a document that was read in it. */
export function mayCarryTransaction(frame: Frame, query: Query): boolean {
  const call = callFact(frame.file, query.head);
  if (!call || call.kind === 'tagged' || query.through) return true;
  if (query.library === 'mongoose') return isDocument(frame, query) || call.args.some((arg, index) => index > 0 && mayHoldOption(frame, arg));
  const data = DATA_FIRST.has(query.method) && !isDocument(frame, query) ? 1 : 0;
  const chained = query.chain.flatMap((link) => (link.call === query.head ? [] : link.args));
  return chained.some((arg) => mayHoldOption(frame, arg, true)) || call.args.slice(data).some((arg) => mayHoldOption(frame, arg));
}

/** Whether an argument may hold an option for the transaction. What the call on the way left out holds none. */
function mayHoldOption(frame: Frame, id: ValueId, chained = false): boolean {
  const fact = frame.file.facts.values[id];
  if (!fact || fact.kind === 'literal' || fact.kind === 'array' || fact.kind === 'template' || fact.kind === 'function') return false;
  const isGone = (value: ValueId) => originsIn(frame, value) === 'absent';
  if (fact.kind !== 'object') return !chained && !isGone(id);
  return fact.properties.some(({ key, spread, value }) => {
    if (spread || key === undefined) return !isGone(value);
    return (key === 'transaction' || key === 'session') && !isGone(value);
  });
}

function isDocument({ project, file }: Frame, query: Query): boolean {
  const call = callFact(file, query.head);
  const callee = call && call.kind !== 'tagged' ? file.facts.values[call.callee] : undefined;
  if (callee?.kind !== 'member') return true;
  return evaluate(project.linker, file, callee.object).some((origin) => {
    const seen = origin.kind === 'external' ? recognise(project.recogniser, origin) : undefined;
    return seen?.name === 'document' || seen?.name === 'oneQuery' || seen?.name === 'row';
  });
}

/** Everything on the way to the method of a query, from the left: `this.db`, `this.db.order`. Undefined where the way is not known for sure. */
function receiversOf(frame: Frame, head: ValueId): Origins | undefined {
  const { file, project } = frame;
  const fact = file.facts.values[head];
  const start = fact?.kind === 'tagged' ? fact.tag : fact?.kind === 'call' || fact?.kind === 'new' ? fact.callee : undefined;
  if (start === undefined) return undefined;
  const found: Origin[] = [];
  const names: string[] = [];
  let at = start;
  for (let inner = file.facts.values[at]; inner?.kind === 'member' || inner?.kind === 'call'; inner = file.facts.values[at]) {
    if (inner.kind === 'member') names.unshift(inner.property);
    else found.push(...evaluate(project.linker, file, at));
    at = inner.kind === 'member' ? inner.object : inner.callee;
  }
  let origins = originsIn(frame, at);
  if (origins === undefined || origins === 'absent') {
    // The first name alone may be of no known kind where the member is: `this.db`.
    return undefined;
  }
  for (const name of names) {
    found.push(...origins);
    origins = membersOf(project.linker, origins, name);
    if (origins.length === 0) break;
  }
  return found.length > 0 ? found : origins;
}

/** Whether a value is a transaction: what a transaction hands to its callback, or of a type that says so. */
export function isTransaction(project: Project, origin: Origin): boolean {
  if (origin.kind !== 'external') return false;
  for (let at: External | undefined = origin; at?.step; at = at.parent) {
    if (at.step.kind === 'get' && /Transaction$|^QueryRunner$/.test(at.step.name)) return true;
    const callee = at.step.kind === 'callback' ? at.parent?.parent : undefined;
    if (callee && recognise(project.recogniser, callee)?.type.call?.effect?.kind === 'transaction') return true;
  }
  return false;
}

function openerOrigins(project: Project, { opener }: TransactionScope): Origins {
  const call = callFact(opener.file, opener.value);
  const callee = call && call.kind !== 'tagged' ? opener.file.facts.values[call.callee] : undefined;
  return callee?.kind === 'member' ? clientsOf(project, opener.file, callee.object) : [];
}

/** `db` of `db.transaction()` and of `db.transaction().setIsolationLevel(…)`. */
function clientsOf(project: Project, file: SourceFile, id: ValueId): Origins {
  const own = evaluate(project.linker, file, id);
  const fact = file.facts.values[id];
  if (fact?.kind !== 'call') return own;
  const callee = file.facts.values[fact.callee];
  return callee?.kind === 'member' ? [...own, ...clientsOf(project, file, callee.object)] : own;
}

function isSameClient(a: Origin, b: Origin): boolean {
  if (originKey(a) === originKey(b)) return true;
  if (a.kind !== 'external' || b.kind !== 'external') return false;
  // A class is injected where another has constructed the client: its type is all there is to know.
  if (a.module === b.module && a.step?.kind === 'instance') return true;
  return isAncestor(a, b) || isAncestor(b, a);
}

/** `pool` and `await pool.connect()`. */
function isAncestor(ancestor: External, origin: External): boolean {
  if (!ancestor.step || ancestor.step.kind === 'get') return false;
  for (let at: External | undefined = origin.parent; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** Modules that keep a transaction for all that runs in it, and packages that make every query of the program use it. */
const STORES = new Set(['async_hooks', 'nestjs-cls', 'cls-hooked', 'continuation-local-storage']);
const AMBIENT: Readonly<Record<string, readonly string[]>> = {
  typeorm: ['typeorm-transactional', 'typeorm-transactional-cls-hooked', '@nestjs-cls/transactional'],
  sequelize: ['cls-hooked', 'continuation-local-storage', '@nestjs-cls/transactional'],
  prisma: ['@nestjs-cls/transactional'],
  drizzle: ['@nestjs-cls/transactional'],
  knex: ['@nestjs-cls/transactional'],
  kysely: ['@nestjs-cls/transactional'],
  mongoose: ['@nestjs-cls/transactional'],
};

/** Whether queries find the transaction by themselves: it is kept in a store of the running task. */
function isAmbient(project: Project, { file, region, library }: TransactionScope): boolean {
  const packages = [...project.packages].filter((unit) => unit === file.package || unit.folder === '');
  if (packages.some(({ dependencies }) => AMBIENT[library]?.some((name) => dependencies.has(name)))) return true;
  const span = file.facts.regions[region];
  return file.facts.calls.some((value) => {
    const call = callFact(file, value);
    if (!call || call.kind !== 'call' || !span || call.start < span.start || call.end > span.end) return false;
    return evaluate(project.linker, file, call.callee).some((origin) => origin.kind === 'external' && STORES.has(origin.module));
  });
}

/** Whether the client that a query is sent by is one that callers may give: `client = prisma`, `tx ?? prisma`, `ctx.db ?? db`. */
function takesHandle({ file }: Frame, { head }: Query): boolean {
  const call = callFact(file, head);
  return call !== undefined && isGiven(file, call.kind === 'tagged' ? call.tag : call.callee, 0);
}

function isGiven(file: SourceFile, id: ValueId | undefined, depth: number): boolean {
  const fact = id === undefined ? undefined : file.facts.values[id];
  if (!fact || depth > 12) return false;
  const inner = (value: ValueId | undefined) => isGiven(file, value, depth + 1);
  switch (fact.kind) {
    case 'param':
      return true;
    case 'name':
      return inner(file.facts.bindings[fact.binding]?.value);
    case 'member':
      return inner(fact.object);
    case 'call':
      return inner(fact.callee);
    case 'cast':
      return inner(fact.value);
    case 'logical':
      return inner(fact.left) || inner(fact.right);
    case 'conditional':
      return inner(fact.then) || inner(fact.else);
    default:
      return false;
  }
}
