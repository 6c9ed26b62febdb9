import type { BindingId, FunctionId, Span, ValueFact, ValueId } from '../facts/types.ts';
import { callFact, calledFunctions } from './calls.ts';
import { errorSubject, isUnknownError } from './caught-errors.ts';
import { isControlledError } from './controlled-errors.ts';
import { evaluate } from './evaluate.ts';
import { isDevelopmentOnlyAt, isNarrowedAt } from './guards.ts';
import { functionFact, returnsOf } from './linker.ts';
import type { Site } from './origins.ts';
import { defineFileView, defineView, type Project } from './project.ts';
import { responses } from './responses.ts';
import { sentErrorsOf } from './sent-errors.ts';
import type { SourceFile } from './types.ts';

/** What of an error goes out. `whole`: the error itself, with whatever fields a driver gave it. */
export type LeakedPart = 'message' | 'stack' | 'whole' | 'detail';

/** A place where something of an error that nobody expected gets into a response. */
export interface ErrorLeak extends Span {
  readonly file: SourceFile;
  readonly value: ValueId;
  /** Name of the error as the code calls it. */
  readonly name: string;
  readonly part: LeakedPart;
  /** Whether what may be thrown there is of the harmless kind: a parser's or a validator's. */
  readonly isHarmless: boolean;
}

/** Something that is sent to clients. */
export interface SentBody extends Site {
  /** Start of the response. */
  readonly start: number;
}

const PARTS: Readonly<Record<string, LeakedPart>> = {
  message: 'message',
  stack: 'stack',
  stacktrace: 'stack',
  cause: 'whole',
  sql: 'detail',
  query: 'detail',
  sqlMessage: 'detail',
  detail: 'detail',
  parameters: 'detail',
  meta: 'detail',
  originalError: 'whole',
  driverError: 'whole',
};

/** Leaks by the file in which the leaking expression stands. */
const leaks = defineView((project): ReadonlyMap<string, readonly ErrorLeak[]> => {
  const table = new Map<string, Map<string, ErrorLeak>>();
  for (const body of sentBodies(project)) {
    for (const leak of leaksIn(project, body)) {
      const list = table.get(leak.file.path) ?? new Map<string, ErrorLeak>();
      table.set(leak.file.path, list);
      const key = `${leak.start}-${leak.end}`;
      if (!list.has(key)) list.set(key, leak);
    }
  }
  return new Map([...table].map(([path, list]) => [path, [...list.values()].sort((a, b) => a.start - b.start)]));
});

/** Bodies of responses, and what exceptions of a framework are made with. */
function sentBodies(project: Project): readonly SentBody[] {
  const answered = responses(project).flatMap(({ body, kind, start }) => (body && kind === 'http' && body.file.role === 'source' ? [{ ...body, start }] : []));
  return [...answered, ...[...project.files.values()].flatMap((file) => (file.role === 'source' ? sentErrorsOf(project, file) : []))];
}

export const errorLeaksOf = defineFileView((project, file): readonly ErrorLeak[] => leaks(project).get(file.path) ?? []);

/** Names made from names: more hops than this are a cycle. */
const MAX_DEPTH = 14;

interface Walk {
  readonly sent: SentBody;
  readonly found: ErrorLeak[];
  readonly entered: Set<string>;
  readonly depth: number;
  /** What the parameters of a function of ours stand for, while its return values are looked at. */
  readonly params?: { readonly function: FunctionId; readonly call: Site; readonly args: readonly Site[]; readonly outer: Walk };
}

function leaksIn(project: Project, sent: SentBody): readonly ErrorLeak[] {
  const found: ErrorLeak[] = [];
  walk(project, { file: sent.file, value: sent.value }, { sent, found, entered: new Set(), depth: 0 });
  return found;
}

function walk(project: Project, site: Site, at: Walk): void {
  const { file, value } = site;
  const key = `${file.path}#${value}`;
  const fact = file.facts.values[value];
  if (!fact || at.depth > MAX_DEPTH || at.entered.has(key)) return;
  at.entered.add(key);
  const next: Walk = { ...at, depth: at.depth + 1 };
  const into = (id: ValueId): void => walk(project, { file, value: id }, next);
  const part = partOf(value, fact);
  if (part && leak(project, site, part.subject, part.part, at)) return;
  switch (fact.kind) {
    case 'object':
      for (const property of fact.properties) if (property.key !== 'cause') into(property.value);
      return;
    case 'array':
      return fact.items.forEach(into);
    case 'template':
      return fact.parts.forEach(into);
    case 'binary':
      if (fact.operator === '+') [fact.left, fact.right].forEach(into);
      return;
    case 'conditional':
      return firstOf([fact.then, fact.else], at, into);
    case 'logical':
      return fact.operator === '&&' ? into(fact.right) : firstOf([fact.left, fact.right], at, into);
    case 'cast':
    case 'await':
    case 'spread':
      return into(fact.value);
    case 'name':
      return walkName(project, file, fact.binding, next);
    case 'param':
      return walkParam(project, fact, next);
    case 'call':
      return walkCall(project, site, fact, next);
    case 'member': {
      // `result.error` of an object literal that is written out in the same file.
      const owners = evaluate(project.linker, file, fact.object);
      for (const owner of owners) {
        if (owner.kind !== 'object') continue;
        const object = owner.file.facts.values[owner.value];
        const property = object?.kind === 'object' ? object.properties.find((each) => each.key === fact.property) : undefined;
        if (property && owner.file === file && owners.length === 1) walk(project, { file: owner.file, value: property.value }, next);
      }
    }
  }
}

/** Alternatives are one leak: `error instanceof Error ? error.message : String(error)`. */
function firstOf(alternatives: readonly ValueId[], at: Walk, into: (id: ValueId) => void): void {
  const before = at.found.length;
  for (const id of alternatives) if (at.found.length === before) into(id);
}

/** The error that an expression is, or whose part it is. */
function partOf(value: ValueId, fact: ValueFact): { readonly subject: ValueId; readonly part: LeakedPart } | undefined {
  if (fact.kind === 'name' || fact.kind === 'caught' || fact.kind === 'param') return { subject: value, part: 'whole' };
  if (fact.kind !== 'member') return undefined;
  const part = PARTS[fact.property];
  return part && { subject: fact.object, part };
}

/** Records a leak when the subject is an error that nothing is known of at the place. */
function leak(project: Project, site: Site, subject: ValueId, part: LeakedPart, at: Walk, shown: Site = site): boolean {
  const { file } = site;
  const error = errorSubject(file, subject);
  const fact = file.facts.values[site.value];
  if (!error || !fact) return false;
  if (isGuarded(project, file, fact.start, error.names)) return true;
  const given = at.params && argumentFor(file, error.source, at.params);
  if (given && at.params) {
    // Told where the error is handed to the function: what the function does is right for a log.
    const { call, outer } = at.params;
    const before = outer.found.length;
    return leak(project, given, given.value, part, outer, call) || outer.found.length > before;
  }
  const { sent } = at;
  if (!isUnknownError(project, { file, value: error.source })) return false;
  if (sent.file === file && isGuarded(project, file, sent.start, error.names)) return true;
  if (isDevelopmentOnlyAt(project, sent.file, sent.start)) return true;
  const place = shown.file.facts.values[shown.value] ?? fact;
  at.found.push({
    file: shown.file,
    value: shown.value,
    start: place.start,
    end: place.end,
    name: error.name,
    part,
    isHarmless: isThrownByParsing(file, error.source),
  });
  return true;
}

/** Whether a `try` waits for nothing: what it throws then is of a parser or a check, not of a database or a network. */
function isThrownByParsing(file: SourceFile, source: ValueId): boolean {
  const fact = file.facts.values[source];
  if (fact?.kind !== 'caught') return false;
  const caught = file.facts.regions[fact.region];
  const tried = file.facts.regions.find((region) => region.kind === 'try' && region.parent === caught?.parent && region.end <= (caught?.start ?? 0) && file.text.slice(region.end, caught?.start).trim().length <= 'catch'.length);
  if (!tried) return false;
  return !file.facts.values.some((value) => (value.kind === 'await' && tried.start <= value.start && value.end <= tried.end) || (value.kind === 'call' && tried.start <= value.start && value.end <= tried.end && isThen(file, value.callee)));
}

function isThen(file: SourceFile, callee: ValueId): boolean {
  const fact = file.facts.values[callee];
  return fact?.kind === 'member' && fact.property === 'then';
}

function isGuarded(project: Project, file: SourceFile, offset: number, names: ReadonlySet<BindingId>): boolean {
  return isDevelopmentOnlyAt(project, file, offset) || isNarrowedAt(project, file, offset, names, isControlledError);
}

function argumentFor(file: SourceFile, source: ValueId, params: NonNullable<Walk['params']>): Site | undefined {
  const fact = file.facts.values[source];
  return fact?.kind === 'param' && fact.function === params.function ? params.args[fact.index] : undefined;
}

function walkName(project: Project, file: SourceFile, id: BindingId, at: Walk): void {
  const binding = file.facts.bindings[id];
  if (!binding || binding.import || binding.kind === 'catch') return;
  for (const value of [binding.value, ...(binding.writes ?? [])]) {
    if (value === undefined) continue;
    // An own object literal, a text: not what another function gives back.
    walk(project, { file, value }, at);
  }
}

/** A parameter inside a function that is looked at for what it returns. */
function walkParam(project: Project, fact: Extract<ValueFact, { kind: 'param' }>, at: Walk): void {
  const { params } = at;
  const given = params && fact.function === params.function ? params.args[fact.index] : undefined;
  if (given && params) walk(project, given, { ...params.outer, depth: at.depth });
}

const TEXT_OF = new Set(['toString', 'toJSON', 'trim', 'slice', 'substring', 'replace', 'replaceAll', 'concat', 'toLowerCase', 'toUpperCase', 'valueOf']);

/** `String(error)`, `JSON.stringify(error)`, `error.toString()`, `toMessage(error)`. */
function walkCall(project: Project, site: Site, fact: Extract<ValueFact, { kind: 'call' | 'new' }>, at: Walk): void {
  const { file } = site;
  const callee = file.facts.values[fact.callee];
  const first = fact.args[0];
  if (callee?.kind === 'global' && callee.name === 'String' && first !== undefined) return walk(project, { file, value: first }, at);
  if (callee?.kind === 'member') {
    const owner = file.facts.values[callee.object];
    if (owner?.kind === 'global' && owner.name === 'JSON' && callee.property === 'stringify' && first !== undefined) return walk(project, { file, value: first }, at);
    if (owner?.kind === 'global' && owner.name === 'Object' && callee.property === 'assign') return fact.args.forEach((arg) => walk(project, { file, value: arg }, at));
    if (TEXT_OF.has(callee.property)) return walk(project, { file, value: callee.object }, at);
  }
  for (const ref of calledFunctions(project.linker, file, site.value)) {
    // Only what is made of an argument counts: what else a function gives back is its own matter.
    if (functionFact(ref)?.body === undefined || callFact(file, site.value) === undefined) continue;
    const params = { function: ref.function, call: site, args: fact.args.map((value) => ({ file, value })), outer: at };
    const entered = new Set(at.entered);
    for (const value of returnsOf(ref.file.facts, ref.function)) walk(project, { file: ref.file, value }, { ...at, entered, params });
  }
}
