import { parentsOf } from '../facts/operands.ts';
import type { RegionId, ValueId } from '../facts/types.ts';
import type { Effect, Library, LibraryType } from '../libraries/types.ts';
import { callFact } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { propertyOf } from './definitions.ts';
import type { Site } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import { effectOf, externalsOf, meaningsOf, recognise, type Recognised } from './recognise.ts';
import type { SourceFile } from './types.ts';

/** A status that the code names; absent where the program decides it. */
export interface ReadStatus {
  readonly status?: number;
}

/** Names that `HttpStatus`, `StatusCodes` and constants of one's own give to statuses, without case and underscores. */
const NAMED: Readonly<Record<string, number>> = {
  continue: 100, ok: 200, created: 201, accepted: 202, nonauthoritativeinformation: 203, nocontent: 204, resetcontent: 205, partialcontent: 206,
  multistatus: 207, movedpermanently: 301, found: 302, movedtemporarily: 302, seeother: 303, notmodified: 304, temporaryredirect: 307, permanentredirect: 308,
  badrequest: 400, unauthorized: 401, paymentrequired: 402, forbidden: 403, notfound: 404, methodnotallowed: 405, notacceptable: 406, requesttimeout: 408,
  conflict: 409, gone: 410, preconditionfailed: 412, payloadtoolarge: 413, unsupportedmediatype: 415, unprocessableentity: 422, locked: 423,
  toomanyrequests: 429, internalservererror: 500, notimplemented: 501, badgateway: 502, serviceunavailable: 503, gatewaytimeout: 504,
};

/** The status behind an expression: a number, a named constant, or the key of an options object. `onlyKey`: the expression is such an object. */
export function readStatus(project: Project, site: Site, key = 'status', onlyKey = false): ReadStatus | undefined {
  const origins = evaluate(project.linker, site.file, site.value);
  const object = origins.find((origin) => origin.kind === 'object');
  if (object?.kind === 'object') {
    const property = propertyOf(object, key);
    return property && readStatus(project, { file: object.file, value: property.value });
  }
  if (onlyKey) return {};
  const found = new Set(
    origins.map((origin) => {
      if (origin.kind === 'literal') return typeof origin.value === 'number' ? origin.value : undefined;
      const name = origin.kind === 'external' && origin.step?.kind === 'get' ? origin.step.name : '';
      return NAMED[name.replaceAll('_', '').toLowerCase()];
    }),
  );
  const [status] = found;
  return found.size === 1 && status !== undefined ? { status } : {};
}

/** What a response without a status has. */
export function defaultStatus(format: Extract<Effect, { kind: 'response' }>['format']): number {
  return format === 'redirect' ? 302 : 200;
}

/** `res.status(201).json(x)`: the status set in the chain before. */
export function chainedStatus(project: Project, file: SourceFile, callee: ValueId): ReadStatus | undefined {
  let at = file.facts.values[callee];
  for (let hops = 0; hops < 12 && at?.kind === 'member'; hops++) {
    const fact = callFact(file, at.object);
    if (!fact || fact.kind === 'tagged') return undefined;
    const match = effectOf(meaningsOf(project.linker, project.recogniser, { file, value: at.object }), 'status');
    const argument = match && fact.args[match.effect.argument];
    if (argument !== undefined) return readStatus(project, { file, value: argument });
    at = file.facts.values[fact.callee];
  }
  return undefined;
}

export interface PlacedStatus extends ReadStatus {
  readonly start: number;
  readonly region: RegionId;
}

/** Statuses set by statements of their own: `res.status(404);`, `ctx.status = 201`. In source order. */
export const statusesOf = defineFileView((project, file): readonly PlacedStatus[] => {
  const found: PlacedStatus[] = [];
  const parents = parentsOf(file.facts);
  for (const value of file.facts.calls) {
    const fact = callFact(file, value);
    if (!fact || fact.kind === 'tagged' || file.facts.values[parents[value] ?? -1]?.kind === 'member') continue;
    const match = effectOf(meaningsOf(project.linker, project.recogniser, { file, value }), 'status');
    const argument = match && fact.args[match.effect.argument];
    if (argument !== undefined) found.push({ ...readStatus(project, { file, value: argument }), start: fact.start, region: fact.region });
  }
  for (const value of file.facts.assignments) {
    const fact = file.facts.values[value];
    if (fact?.kind !== 'assign' || assignEffectOf(project, file, value)?.effect.kind !== 'status') continue;
    found.push({ ...readStatus(project, { file, value: fact.value }), start: fact.start, region: fact.region });
  }
  return found.sort((a, b) => a.start - b.start);
});

/** What assigning to a member does, as the libraries say. */
export function assignEffectOf(project: Project, file: SourceFile, value: ValueId): { readonly effect: Effect; readonly library: Library } | undefined {
  const fact = file.facts.values[value];
  const target = fact?.kind === 'assign' && fact.operator === '=' ? file.facts.values[fact.target] : undefined;
  if (target?.kind !== 'member') return undefined;
  for (const origin of externalsOf(project.linker, evaluate(project.linker, file, target.object))) {
    const found = recognise(project.recogniser, origin);
    const effect = found && assigned(found, found.type, target.property);
    if (found && effect) return { effect, library: found.library };
  }
  return undefined;
}

function assigned(found: Recognised, type: LibraryType, property: string): Effect | undefined {
  if (type.assign && Object.hasOwn(type.assign, property)) return type.assign[property];
  const parent = typeof type.extends === 'string' ? found.library.types[type.extends] : type.extends;
  return parent && assigned(found, parent, property);
}
