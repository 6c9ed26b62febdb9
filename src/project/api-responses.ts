import { bodyShapes, type BodyShape } from './body-shape.ts';
import { callFact } from './calls.ts';
import { addTo } from './grouping.ts';
import { handlersRunningIn, isHandler, routesAnsweredBy } from './handlers.ts';
import { functionKey } from './origins.ts';
import { defineView, type Project } from './project.ts';
import { responses, type Response } from './responses.ts';
import type { Route } from './routes.ts';
import type { PackageUnit } from './types.ts';

/** A success answer in JSON whose format is the project's own to choose. */
export interface ApiResponse {
  readonly response: Response;
  /** Alternatives of the body. */
  readonly shapes: readonly BodyShape[];
  /** Routes that it answers, as far as they are known; several for helpers that send for several handlers. */
  readonly routes: readonly Route[];
  /** For how many answers it stands: of a helper, the calls of it. */
  readonly weight: number;
}

/** Segments below which others decide the format of answers: protocols, probes, callbacks of services, documents about the API. */
const FOREIGN =
  /(?:^|[/.])_?(?:callback|health|healthz|health-?checks?|ready|readyz|readiness|live|livez|liveness|ping|pong|heartbeat|status|metrics|version|oauth2?|oidc|sso|saml|scim|csrf|jwks|\.?well-known|openapi|swagger|api-docs|graphql|trpc|rpc|mcp|cron|inngest|manifest|robots|sitemap|feed|rss|og|slack|discord|telegram|whatsapp|stripe|zapier|iceberg|s3|tus)(?=$|[/.])/i;
/** Words that say so inside a segment too: `stripe-webhook`. */
const FOREIGN_WORD = /(?:^|[/._-])(?:web-?hooks?|oauth2?|openapi|swagger)(?=$|[/._-])/i;
const FOREIGN_DOCUMENT = /\.(?:json|xml|txt|ya?ml|ico|webmanifest|ics|csv|html)$/i;
/** Names of files that say the same, for answers of helpers and of handlers without a known route. */
const FOREIGN_FILE =
  /(?:^|[/._-])(?:web-?hooks?|health\w*|metrics|oauth2?|oidc|saml|scim|well-known|openapi|swagger|graphql|mcp|cron|slack|discord|telegram|stripe)(?=$|[/._-])/i;
/** Files whose answers without a known route tell of errors. */
const ERROR_FILE = /(?:^|[/._-])(?:middlewares?|errors?|error-?handler)(?=$|[/._-])/i;

export function isForeignPath(path: string): boolean {
  return FOREIGN.test(path) || FOREIGN_WORD.test(path) || FOREIGN_DOCUMENT.test(path);
}

/** All JSON success answers of an API, by package; the answers of error handlers, probes, protocols and pages left out. */
export const apiResponses = defineView((project): ReadonlyMap<PackageUnit, readonly ApiResponse[]> => {
  const table = new Map<PackageUnit, ApiResponse[]>();
  for (const response of responses(project)) {
    const found = apiResponse(project, response);
    if (!found) continue;
    addTo(table, response.file.package, found);
  }
  return table;
});

function apiResponse(project: Project, response: Response): ApiResponse | undefined {
  const { file, status, body } = response;
  if (file.role !== 'source' || response.kind !== 'http' || response.format !== 'json' || !body) return undefined;
  if (status === undefined || status < 200 || status > 299 || status === 204 || status === 205) return undefined;
  if (response.function < 0 || isInCatch(response)) return undefined;
  const answered = routesOfResponse(project, response);
  if (isAnsweredForOthers(response, answered) || (answered.length === 0 && ERROR_FILE.test(file.path))) return undefined;
  return {
    response,
    shapes: bodyShapes(project, body),
    routes: answered,
    weight: isHandler(project, { file, function: response.function }) ? 1 : Math.max(1, callersOf(project, response)),
  };
}

/** Whether others decide the format of an answer, as its routes or its file say. */
export function isAnsweredForOthers({ file, framework }: Response, answered: readonly Route[]): boolean {
  if (answered.length > 0) return answered.every((route) => route.kind === 'procedure' || isForeignPath(route.path));
  // `Response` of the platform answers in loaders and workers too; without a route nothing says that this is an API.
  return framework === 'web' || FOREIGN_FILE.test(file.path);
}

/** Routes that an answer is given to. */
export function routesOfResponse(project: Project, { file, function: id }: Response): readonly Route[] {
  if (id < 0) return [];
  return handlersRunningIn(project, file, id).flatMap((handler) => routesAnsweredBy(project, { file, function: handler }));
}

function callersOf(project: Project, { file, function: id }: Response): number {
  const callers = project.linker.index?.callers.get(functionKey({ file, function: id })) ?? [];
  return callers.filter((site) => site.file.role === 'source' && callFact(site.file, site.value) !== undefined).length;
}

/** What a catch clause answers with is about an error, whatever its status. */
function isInCatch({ file, region }: Response): boolean {
  for (let at = region; at >= 0; ) {
    const fact = file.facts.regions[at];
    if (!fact || fact.kind === 'body') return false;
    if (fact.kind === 'catch') return true;
    at = fact.parent;
  }
  return false;
}
