import { defineRule } from '../../src/findings/define-rule.ts';
import { statusMismatches, type ErrorAnswer } from '../../src/project/error-answers.ts';
import { errorEnvelopeOf, weakCodes } from '../../src/project/error-envelope.ts';
import { errorFormText } from '../../src/project/error-form.ts';
import type { Response } from '../../src/project/responses.ts';
import type { Route } from '../../src/project/routes.ts';
import type { SourceFile } from '../../src/project/types.ts';

interface Options {
  readonly ignorePaths: readonly string[];
}

/** Keys of a body that are told before the rest is left out. */
const MAX_KEYS = 4;

export default defineRule<Options>({
  id: 'error-envelope',
  docs: { chapter: 'api', description: 'Require the same format of every error body, with a status that agrees with it', preset: 'strict' },
  messages: {
    differs:
      '{{answer}} tells of an error as {{shape}}, while {{count}} of the {{known}} error answers whose shape is known have the format `{{form}}`. A client that reads that finds nothing here. Answer with `{{form}}`.',
    asked: '{{answer}} tells of an error as {{shape}}, where {{source}} `{{form}}`. A client that reads that finds nothing here. Answer with `{{form}}`.',
    success: '{{answer}} sends `{{mark}}` with status {{status}}. Clients that go by the body take the failure for a success. Answer with `{{form}}`, or with a status of 2xx.',
    failure: '{{answer}} sends `{{mark}}` with status {{status}}. Clients, proxies and monitors that go by the status take the failure for a success. Set a status of 4xx or 5xx.',
    spelled: '`{{code}}` is the code of an error, which programs compare. Write it as a constant name in capitals, such as `ORDER_NOT_FOUND`.',
    made: '`{{code}}` makes a code for every value, and no client can compare it. Write one constant code, such as `ORDER_NOT_FOUND`, and put the value into `details`.',
  },
  options: { ignorePaths: { type: 'array', items: { type: 'string' }, description: 'Regular expressions of route paths whose errors have a format of their own.' } },
  defaultOptions: { ignorePaths: [] },
  check({ file, project, options, report }) {
    const ignored = options.ignorePaths.map((pattern) => new RegExp(pattern));
    const isIgnored = (routes: readonly Route[]): boolean => routes.some((route) => ignored.some((pattern) => pattern.test(route.path)));
    const envelope = errorEnvelopeOf(project, file.package);
    const form = envelope ? errorFormText(envelope.form) : '{ success: false, error: { code, message } }';
    for (const answer of envelope?.deviating ?? []) {
      const at = spanIn(file, answer.response);
      if (!envelope || !at || isIgnored(answer.routes)) continue;
      const data = { answer: answerName(answer), shape: shapeText(answer), form, count: envelope.fitting, known: envelope.known };
      if (!envelope.pinned && envelope.fitting > 0) report({ at, messageId: 'differs', data });
      else report({ at, messageId: 'asked', data: { ...data, source: envelope.pinned ? 'the settings ask for' : 'the envelope of the other answers asks for' } });
    }
    for (const { response, routes, claims, mark, status } of statusMismatches(project)) {
      const at = spanIn(file, response);
      if (at && !isIgnored(routes)) report({ at, messageId: claims, data: { answer: answerName({ routes }), mark, status, form } });
    }
    for (const { file: place, value, fault, text } of weakCodes(project)) {
      const fact = place === file ? file.facts.values[value] : undefined;
      if (fact) report({ at: { start: fact.start, end: fact.end }, messageId: fault, data: { code: text } });
    }
  },
});

function spanIn(file: SourceFile, response: Response) {
  const body = response.file === file && response.body?.file === file ? file.facts.values[response.body.value] : undefined;
  return body && { start: body.start, end: body.end };
}

function answerName({ routes: [route, ...others] }: Pick<ErrorAnswer, 'routes'>): string {
  return route && others.length === 0 ? `\`${route.method} ${route.path}\`` : 'This answer';
}

function shapeText({ shapes: [shape] }: ErrorAnswer): string {
  if (shape?.kind === 'array') return 'an array';
  if (shape?.kind !== 'object') return 'a row';
  const keys = [...shape.keys.keys()];
  if (keys.length === 0) return 'an empty object';
  return `\`{ ${keys.slice(0, MAX_KEYS).join(', ')}${keys.length > MAX_KEYS ? ', …' : ''} }\``;
}
