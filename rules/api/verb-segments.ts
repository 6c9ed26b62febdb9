import { CRUD_VERBS, isPlainSegment, wordsOf } from '../../src/project/path-words.ts';
import type { Route } from '../../src/project/routes.ts';
import { isPluralNoun } from './plural-words.ts';

/** Verbs that ask for data: the only ones that a GET repeats. `GET /users/new` and `GET /posts/:id/edit` are pages with a form. */
const READING = new Set(['get', 'list', 'fetch', 'find', 'retrieve', 'read']);
/** Alone these are nouns as well, or an action behind an item: `/posts/:id/save`, `/alarms/:id/set`. */
const NOUN_ALONE = new Set(['set', 'make', 'read', 'list', 'new', 'save', 'find']);
/** Last words that make the verb before them a part of a noun: `update-history`, `edit-requests`, `add-ons`. */
const NOUN_ENDINGS = new Set([
  'ads', 'attempt', 'attempts', 'channel', 'channels', 'check', 'checks', 'count', 'date', 'event', 'events', 'history', 'hook', 'hooks', 'info', 'items', 'link', 'links', 'log', 'logs', 'markers', 'mode', 'notes',
  'notification', 'notifications', 'on', 'ons', 'policies', 'policy', 'reason', 'reasons', 'receipts', 'request', 'requests', 'started', 'time', 'type', 'types',
]);
/** What accounts are secured with; how it is changed is a matter of security, not of resources. */
const CREDENTIAL = /^(?:passwords?|passcode|pin|email|phone|2fa|mfa|otp|totp|token|passkey|credentials?|recovery|pwd)$/;
const AUTH = /^(?:auth|oauth2?|authentication|authorize|authorization|login|logout|register|signup|sign-up|signin|sign-in|sso|session|password)$/i;

export interface VerbSegment {
  readonly index: number;
  readonly segment: string;
  readonly verb: string;
  /** Words behind the verb. */
  readonly rest: readonly string[];
}

/** The first segment of a path that begins with a verb which repeats a method; undefined for actions, nouns and forms. */
export function findVerbSegment(route: Route, segments: readonly string[]): VerbSegment | undefined {
  if (segments.some((segment) => AUTH.test(segment))) return undefined;
  for (const [index, segment] of segments.entries()) {
    const [verb = '', ...rest] = isPlainSegment(segment) ? wordsOf(segment).filter((word) => !/^v\d+$/.test(word)) : [];
    if (!Object.hasOwn(CRUD_VERBS, verb)) continue;
    const found = { index, segment, verb, rest };
    if (isRepeating(route, segments, found)) return found;
  }
  return undefined;
}

function isRepeating(route: Route, segments: readonly string[], { index, verb, rest }: VerbSegment): boolean {
  const isRead = READING.has(verb);
  if (route.method === 'GET' && !isRead) return false;
  if (route.method === 'HEAD' || route.method === 'OPTIONS') return false;
  if (rest.length > 0) return isVerbPhrase(route, verb, rest);
  const before = segments[index - 1] ?? '';
  const followsCollection = isPlainSegment(before) && isPluralNoun(wordsOf(before).at(-1) ?? '');
  if (NOUN_ALONE.has(verb)) return followsCollection && index === segments.length - 1 && verb !== 'read' && verb !== 'set' && verb !== 'save';
  return index > 0;
}

function isVerbPhrase(route: Route, verb: string, rest: readonly string[]): boolean {
  if (verb === 'read') return rest[0] === 'all' && route.method === 'GET';
  // `new-password`, `new-users`: here it is an adjective.
  if (verb === 'new' || rest.some((word) => CREDENTIAL.test(word))) return false;
  return verb === 'get' || verb === 'fetch' || verb === 'create' || !NOUN_ENDINGS.has(rest.at(-1) ?? '');
}
