import { definitionOf } from './definitions.ts';
import { callFact } from './calls.ts';
import { codeOf } from './code.ts';
import { wordsOf } from './path-words.ts';
import type { Project } from './project.ts';
import type { Route } from './routes.ts';

/** Words in paths of links that stand in mails, of the way back from other services, and of what schedulers ask for: GET by nature. */
const LINK_WORDS = new Set([
  'accept', 'activate', 'activation', 'auth', 'authorize', 'callback', 'click', 'confirm', 'confirmation', 'cron', 'decline', 'health', 'healthz', 'heartbeat', 'invitation', 'invitations', 'invite', 'invites', 'join',
  'login', 'logout', 'magic', 'oauth', 'oauth2', 'oidc', 'opt', 'passwordless', 'ping', 'pixel', 'postback', 'redirect', 'return', 'saml', 'scheduled', 'scheduler', 'session', 'sessions', 'signin', 'signout', 'sso', 'success',
  'track', 'tracking', 'unsubscribe', 'verification', 'verify', 'webhook', 'webhooks', 'hook', 'hooks', 'cancelled', 'signup', 'optout', 'optin', 'mcp',
]);

/** What such links carry. */
const SECRET = /^(?:token|\w+token|code|otp|signature|sig|hash|state|secret|hmac)$/i;
const SECRET_PARAM = /^(?:\w*token|hash|signature|secret|hmac)$/i;
const FROM_REQUEST = /\b(?:query|params?|searchParams|input|ctx\.request|event\.queryStringParameters)\b/;

/** Whether a route is one that people follow from a mail, or are sent to by another service: it must be a GET whatever it does. */
export function isLinkRoute(project: Project, route: Route): boolean {
  if (route.kind === 'procedure') return false;
  if (route.path.split(/[/.]/).some((segment) => wordsOf(segment.replace(/^:/, '')).some((word) => LINK_WORDS.has(word)))) return true;
  return route.path.split('/').some((segment) => segment.startsWith(':') && SECRET_PARAM.test(segment.slice(1))) || readsSecret(project, route);
}

/** Takes a token out of the query or the path. */
function readsSecret(project: Project, { handler }: Route): boolean {
  const fact = handler?.file.facts.functions[handler.function];
  if (!handler || !fact) return false;
  const { file } = handler;
  const named = fact.params.some((param) => (param.decorators ?? []).some((decorator) => isSecretName(project, file, callFact(file, decorator)?.kind === 'call' ? decorator : -1)));
  if (named) return true;
  return file.facts.values.some((value, id) => {
    if (value.start < fact.start || value.end > fact.end) return false;
    if (value.kind === 'member') return SECRET.test(value.property) && FROM_REQUEST.test(codeOf(file, value.object));
    return value.kind === 'call' && FROM_REQUEST.test(codeOf(file, value.callee)) && isSecretName(project, file, id);
  });
}

/** `@Query('token')`, `searchParams.get('token')`. */
function isSecretName(project: Project, file: Route['file'], call: number): boolean {
  const fact = file.facts.values[call];
  const [first] = fact?.kind === 'call' ? fact.args : [];
  if (first === undefined) return false;
  const at = definitionOf(project.linker, { file, value: first });
  const literal = at.file.facts.values[at.value];
  return literal?.kind === 'literal' && typeof literal.value === 'string' && SECRET.test(literal.value);
}
