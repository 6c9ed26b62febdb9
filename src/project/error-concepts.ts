import type { TypedError } from './error-classes.ts';
import type { ErrorHierarchy } from './error-hierarchy.ts';

/** What an error says went wrong: words of messages, and of the names of errors that mean it. */
interface Concept {
  readonly message: RegExp;
  readonly name: RegExp;
}

/** The first that fits decides. */
const CONCEPTS: readonly Concept[] = [
  { message: /\balready\b|duplicate|\bconflict|is taken|in use\b/i, name: /conflict|exists|duplicate|taken/i },
  {
    message: /not found|does(?:n't| not) exist|do not exist|no such\b|^no (?!support|need|longer)[\w' ]+(?:found|exists?|for|with|…)|could(?:n't| not) (?:be found|find)|cannot find|can't find|unknown \w+ id/i,
    name: /not_?found|no_?such/i,
  },
  { message: /too many|rate limit|limit (?:reached|exceeded)|reached (?:your|the) .*limit|exceed|quota|maximum number/i, name: /limit|quota|too_?many|exceed/i },
  {
    message: /not (?:authenticated|logged in|signed in)|unauthenticated|unauthori[sz]ed|(?:invalid|wrong|incorrect|bad|expired) (?:password|credentials|token|session)|must be (?:logged|signed) in/i,
    name: /unauthori[sz]ed|authentication|unauthenticated/i,
  },
  { message: /forbidden|not (?:allowed|permitted|authori[sz]ed)|permission|access denied|no access|do(?:es)?(?:n't| not) have access|may not\b/i, name: /forbidden|authori[sz]ation|access_?denied|permission/i },
  { message: /\bexpired\b|has been (?:deleted|removed|cancell?ed)/i, name: /expired|gone/i },
  { message: /\binvalid\b|is required|are required|must (?:be|have|contain|not)|malformed|too (?:long|short|large|small|big)|not valid|\bcan ?not (?!read|find|parse|connect)|\bcan't\b|\bplease\b|^missing|(?:has|have) no (?!\w+I[dD]\b)/i, name: /validation|bad_?request|invalid|unprocessable/i },
];

/** Words of errors of the program itself, whatever else they say. */
const INTERNAL =
  /unreachable|exhaust|should (?:never|not|have|be)|never happen|impossible|invariant|assert|not (?:yet )?implemented|unimplemented|not initiali[sz]ed|not configured|configuration|\bconfig\b|environment|\benv\b|is not set|not defined|must be (?:set|defined|used within|called|initiali[sz]ed|provided)|internal error|unhandled|unexpected|[A-Z][A-Z0-9]+_[A-Z0-9_]{2,}|\bbug\b|migrations?\b/;
const INTERNAL_ANY_CASE = /unreachable|exhaustive|should never|not (?:yet )?implemented|unhandled|unexpected|invariant|^(?:failed|unable) to|not possible|something went wrong|in production/i;

/** Whether a message speaks of the program or its set-up rather than of what a client asked for. */
export function isInternalMessage(message: string): boolean {
  return INTERNAL.test(message) || INTERNAL_ANY_CASE.test(message);
}

/** Whether a message tells a client what is wrong with what it asked for. */
export function isClientMessage(message: string): boolean {
  return !isInternalMessage(message) && CONCEPTS.some((concept) => concept.message.test(message));
}

/** The error of a family that says what a message says; undefined when none is named so. */
export function nearestError(hierarchy: ErrorHierarchy, message: string): TypedError | undefined {
  for (const concept of CONCEPTS) {
    if (!concept.message.test(message)) continue;
    const fitting = hierarchy.members.filter((error) => concept.name.test(error.name));
    // `NotFoundError` before `DocumentNotFoundError`, unless the message names the document.
    const named = fitting.find((error) => namesSubject(error.name, concept.name, message));
    const found = named ?? fitting.sort((a, b) => a.name.length - b.name.length)[0];
    if (found) return found;
  }
  return undefined;
}

function namesSubject(name: string, concept: RegExp, message: string): boolean {
  const words = name.replace(concept, ' ').replace(/Error$|Exception$/, '').match(/[A-Z]?[a-z]+/g) ?? [];
  return words.length > 0 && words.every((word) => message.toLowerCase().includes(word.toLowerCase()));
}
