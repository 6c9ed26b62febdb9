import type { CallFact, FunctionId, RegionId, ValueFact, ValueId } from '../facts/types.ts';
import { calleesOf } from './calls.ts';
import { calledName } from './callee-names.ts';
import { isWithin } from './dataflow.ts';
import { evaluate } from './evaluate.ts';
import { executionOf, runningFunction } from './execution.ts';
import { regionAt } from './guards.ts';
import type { Site } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import { externalsOf, meaningsOf, recognise } from './recognise.ts';
import { sourceKey, sourcesOf, type InputSource } from './request-data.ts';
import { isExport } from './response-helpers.ts';
import type { SourceFile } from './types.ts';

/**
 * Data that is checked; `shallow`: what it is itself, while nothing is found out about what is inside. `named`: by a function of ours of which only
 * the name says so.
 */
export type CheckedSource = InputSource & { readonly shallow?: boolean; readonly named?: boolean };

/** A place that finds out whether data is what it should be: a schema, a test of its type, a function that is there for it. */
export interface InputCheck {
  readonly source: CheckedSource;
  /** Where what was found out holds: the branch or body that the check stands in. */
  readonly region: RegionId;
  readonly offset: number;
  readonly function: FunctionId | -1;
}

/** Functions that nothing is known of but the name: a validator of a package that is not installed, a schema in a parameter. */
const CHECKING = /^(?:(?:safe)?parse(?:Async)?|safeParseAsync|validate\w*|(?:is)?valid(?:ate)?\w*|assert\w*|ensure\w*|sanitiz\w*|verify\w*|decode\w*|is[A-Z]\w*|attempt|cast)$/;
/** Own functions are looked into as well; these say by their name what they are there for. */
const OWN_CHECKING = /^(?:(?:is|has)[A-Z]\w*|\w*[vV]alid\w*|assert\w*|ensure\w*|sanitiz\w*)$/;
/** Global functions that find out what a value is. */
const GLOBAL_CHECKS = new Set(['isArray', 'isInteger', 'isSafeInteger', 'isFinite', 'isNaN']);
/** `PATTERN.test(x)`, `ALLOWED.includes(x)`. */
const TESTS = new Set(['test', 'exec', 'includes', 'has', 'hasOwn', 'hasOwnProperty']);

/** Names under which schemas take a whole request. */
const SCHEMA_METHODS = /^(?:(?:safe)?parse(?:Async)?|safeParseAsync|validate(?:Sync|Async)?|decode|attempt)$/;

/** Checks of a file, with the functions in which they run. */
export const inputChecksOf = defineFileView((project, file): readonly InputCheck[] => {
  const found: InputCheck[] = [];
  file.facts.values.forEach((fact, id) => {
    for (const { value, ...how } of checkedValues(project, { file, value: id }, fact)) {
      for (const source of sourcesOf(project, file, value)) found.push(placed(project, file, { ...source, ...how }, regionAt(file, fact.start), fact.end));
    }
  });
  return found;
});

/** A check that is made at a place, as the function that it runs in sees it. */
export function placed(project: Project, file: SourceFile, source: CheckedSource, region: RegionId, offset: number): InputCheck {
  return { source, region: holdingRegion(project, file, source, region), offset, function: runningFunction(project, file, region) };
}

interface CheckedValue {
  readonly value: ValueId;
  readonly shallow?: boolean;
  readonly named?: boolean;
}

const shallow = (value: ValueId): readonly CheckedValue[] => [{ value, shallow: true }];

function checkedValues(project: Project, site: Site, fact: ValueFact): readonly CheckedValue[] {
  if (fact.kind === 'call') return checkedArguments(project, site, fact);
  if (fact.kind === 'unary') return fact.operator === 'typeof' ? shallow(fact.value) : [];
  if (fact.kind !== 'binary') return [];
  return fact.operator === 'instanceof' || fact.operator === 'in' ? shallow(fact.left) : [];
}

/** Arguments that a call checks. */
function checkedArguments(project: Project, site: Site, fact: CallFact): readonly CheckedValue[] {
  const deep = (values: readonly ValueId[]): readonly CheckedValue[] => values.map((value) => ({ value }));
  const meanings = meaningsOf(project.linker, project.recogniser, site);
  for (const { spec } of meanings) if (spec.effect?.kind === 'validation') return deep(fact.args.slice(spec.effect.argument, spec.effect.argument + 1));
  const callees = calleesOf(project.linker, site.file, site.value);
  const declared = project.settingsOf(site.file.package).validators ?? [];
  if (callees.some((callee) => declared.some((validator) => isExport(project, callee, validator)))) return deep(fact.args);
  const name = calledName(site.file, fact);
  const data = SCHEMA_METHODS.test(name) ? fact.args : fact.args.filter((value) => !isRequest(project, site.file, value));
  if (callees.some((callee) => callee.kind === 'function')) return OWN_CHECKING.test(name) ? data.map((value) => ({ value, named: true })) : [];
  const isGlobal = callees.some((callee) => callee.kind === 'external' && callee.module === 'global');
  if (isGlobal) return GLOBAL_CHECKS.has(name) ? fact.args.flatMap(shallow) : [];
  if (TESTS.has(name)) return fact.args.flatMap(shallow);
  if (meanings.some(({ library }) => library.category === 'database')) return [];
  return CHECKING.test(name) ? deep(data) : [];
}

/** `isLoggedIn(req)` asks who it is, not what was sent. */
function isRequest(project: Project, file: SourceFile, value: ValueId): boolean {
  return externalsOf(project.linker, evaluate(project.linker, file, value)).some((origin) => {
    const recognised = recognise(project.recogniser, origin);
    return recognised?.library.category === 'http' && recognised.name !== undefined && !/input/i.test(recognised.name);
  });
}

/** Blocks, loops and branches that only ask for more of the same data do not limit what a check says. */
function holdingRegion(project: Project, file: SourceFile, source: InputSource, from: RegionId): RegionId {
  let at = from;
  for (;;) {
    const region = file.facts.regions[at];
    if (!region || region.parent < 0) return at;
    if (region.kind === 'body') {
      const execution = executionOf(project, file)[region.function];
      const call = execution && execution.kind !== 'elsewhere' ? file.facts.values[execution.call] : undefined;
      if (call?.kind !== 'call') return at;
      at = call.region;
    } else if (region.kind === 'try' || region.kind === 'block' || region.kind === 'loop') at = region.parent;
    else if (region.kind === 'branch' && asksFor(project, file, region.test, source)) at = region.parent;
    else return at;
  }
}

function asksFor(project: Project, file: SourceFile, test: ValueId, source: InputSource): boolean {
  const fact = file.facts.values[test];
  if (!fact) return false;
  if (fact.kind === 'unary' || fact.kind === 'cast') return asksFor(project, file, fact.value, source);
  if (fact.kind === 'logical' || fact.kind === 'binary') return asksFor(project, file, fact.left, source) || asksFor(project, file, fact.right, source);
  return sourcesOf(project, file, test).some((each) => rootKey(each) === rootKey(source));
}

function rootKey(source: InputSource): string {
  return sourceKey({ ...source, path: [] });
}

/** Whether what a check found out is about a source. */
export function coversSource(check: CheckedSource, source: InputSource): boolean {
  const path = sameRoot(check, source);
  if (check.shallow && (path?.length === 0 || path?.length !== source.path.length)) return isSameParameter(check, source);
  return path !== undefined && path.every((key, index) => source.path[index] === key);
}

/** A parameter that is a text or a number has nothing inside. */
function isSameParameter(check: InputSource, source: InputSource): boolean {
  return check.kind === 'parameter' && sourceKey(check) === sourceKey(source);
}

/** The path of a check below the root of a source; undefined where they are about different things. The whole request stands for all of its parts. */
function sameRoot(check: CheckedSource, source: InputSource): readonly string[] | undefined {
  if (check.kind === 'request') return source.kind === 'request' && source.part === check.part ? check.path : undefined;
  if (source.kind === 'parameter') return source.index === check.index && source.of.function === check.of.function && source.of.file === check.of.file ? check.path : undefined;
  if (check.index !== 0 || check.named) return undefined;
  const path = wholeRequestPath(check.path);
  if (path.length === 0) return [];
  return path[0] === source.part ? path.slice(1) : undefined;
}

/** `ctx.request.body` and `req.body` alike. */
export function wholeRequestPath(path: readonly string[]): readonly string[] {
  return path[0] === 'request' || path[0] === 'req' ? path.slice(1) : path;
}

/** Whether a check has been made, whatever branches were taken, where a place is reached. */
export function isMadeBefore(file: SourceFile, check: InputCheck, region: RegionId, offset: number): boolean {
  return check.offset <= offset && isWithin(file, region, check.region);
}
