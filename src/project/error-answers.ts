import { bodyShapes, literalOf, type BodyShape } from './body-shape.ts';
import { isAnsweredForOthers, routesOfResponse } from './api-responses.ts';
import { addTo } from './grouping.ts';
import { defineView, type Project } from './project.ts';
import { responses, type Response } from './responses.ts';
import type { Route } from './routes.ts';
import type { PackageUnit } from './types.ts';

export type ObjectShape = Extract<BodyShape, { kind: 'object' }>;

/** An answer in JSON that tells of a failure, in a format of the project's own. */
export interface ErrorAnswer {
  readonly response: Response;
  /** Alternatives of the body. */
  readonly shapes: readonly BodyShape[];
  readonly routes: readonly Route[];
}

/** What body and status say of each other. `success`: the body claims success under an error status; `failure`: it tells of a failure under a success status. */
export interface StatusMismatch {
  readonly response: Response;
  readonly routes: readonly Route[];
  readonly claims: 'success' | 'failure';
  /** As written: `success: false`. */
  readonly mark: string;
  readonly status: number;
}

/** Where a status of 200 is right for failures: many answers in one, and messages of protocols that have errors of their own. */
const MULTI_STATUS = 207;
const PROTOCOL_KEYS = ['jsonrpc', 'data', 'extensions'] as const;

interface Told {
  readonly errors: ReadonlyMap<PackageUnit, readonly ErrorAnswer[]>;
  readonly mismatches: readonly StatusMismatch[];
}

const told = defineView((project): Told => {
  const errors = new Map<PackageUnit, ErrorAnswer[]>();
  const mismatches: StatusMismatch[] = [];
  for (const response of responses(project)) {
    const { file, status, body, kind, format } = response;
    if (file.role !== 'source' || kind !== 'http' || format !== 'json' || !body) continue;
    const routes = routesOfResponse(project, response);
    if (isAnsweredForOthers(response, routes)) continue;
    const shapes = bodyShapes(project, body);
    const mismatch = status === undefined ? undefined : findMismatch(project, shapes, status);
    if (mismatch && status !== undefined) mismatches.push({ response, routes, status, ...mismatch });
    else if (isError(project, response, shapes)) addTo(errors, file.package, { response, shapes, routes });
  }
  return { errors, mismatches };
});

/** Error answers of each package. */
export function errorAnswers(project: Project): Told['errors'] {
  return told(project).errors;
}

/** Answers whose body says the opposite of their status. */
export function statusMismatches(project: Project): readonly StatusMismatch[] {
  return told(project).mismatches;
}

function isError(project: Project, { status }: Response, shapes: readonly BodyShape[]): boolean {
  if (status !== undefined) return status >= 400;
  // `res.status(error.statusCode)`: the body tells.
  return shapes.every((shape) => (shape.kind === 'object' ? failureMark(project, shape) !== undefined || shape.keys.has('error') : shape.kind === 'enveloped' && shape.tells === 'error'));
}

function findMismatch(project: Project, shapes: readonly BodyShape[], status: number): Pick<StatusMismatch, 'claims' | 'mark'> | undefined {
  if (status === MULTI_STATUS || shapes.length === 0) return undefined;
  const marks = shapes.map((shape) => (shape.kind !== 'object' ? undefined : status >= 400 ? successMark(project, shape) : status < 300 ? failureMark(project, shape) : undefined));
  const [mark] = marks;
  return mark !== undefined && marks.every((each) => each !== undefined) ? { claims: status >= 400 ? 'success' : 'failure', mark } : undefined;
}

function successMark(project: Project, { keys }: ObjectShape): string | undefined {
  if (literalOf(project, keys.get('success')) === true) return 'success: true';
  return literalOf(project, keys.get('status')) === 'success' ? "status: 'success'" : undefined;
}

/** That something failed, as the body itself says. */
function failureMark(project: Project, { keys }: ObjectShape): string | undefined {
  if (keys.has(PROTOCOL_KEYS[0])) return undefined;
  if (literalOf(project, keys.get('success')) === false) return 'success: false';
  const status = literalOf(project, keys.get('status'));
  const isTold = keys.has('message') || keys.has('error') || keys.has('code');
  return (status === 'error' || status === 'fail') && isTold ? `status: '${status}'` : undefined;
}
