import { defineRule } from '../../src/findings/define-rule.ts';
import type { Suggestion } from '../../src/findings/types.ts';
import type { ApiResponse } from '../../src/project/api-responses.ts';
import type { BodyShape } from '../../src/project/body-shape.ts';
import { answersWithoutEnvelope, envelopeOf, type Envelope } from '../../src/project/envelope.ts';
import { envelopeText } from '../../src/project/envelope-shape.ts';

interface Options {
  readonly ignorePaths: readonly string[];
}

/** Keys of a body that are told before the rest is left out. */
const MAX_KEYS = 4;

export default defineRule<Options>({
  id: 'consistent-envelope',
  docs: { chapter: 'api', description: 'Require the same envelope around every JSON success body', preset: 'recommended' },
  messages: {
    differs:
      '{{answer}} sends {{shape}}, while {{count}} of the {{known}} answers whose shape is known have the envelope `{{envelope}}`. A client has to treat this one apart. Put the data into the envelope.',
    pinned: '{{answer}} sends {{shape}}, where the settings ask for `{{envelope}}`. A client has to treat this one apart. Put the data into the envelope.',
    wrap: 'Wrap the body as `{{envelope}}`.',
  },
  options: { ignorePaths: { type: 'array', items: { type: 'string' }, description: 'Regular expressions of route paths whose answers have a format of their own.' } },
  defaultOptions: { ignorePaths: [] },
  hasSuggestions: true,
  check({ file, project, options, report }) {
    const ignored = options.ignorePaths.map((pattern) => new RegExp(pattern));
    const envelope = envelopeOf(project, file.package);
    for (const answer of answersWithoutEnvelope(project, file.package)) {
      const { response, routes } = answer;
      if (response.file !== file || routes.some((route) => ignored.some((pattern) => pattern.test(route.path)))) continue;
      const body = response.body && file.facts.values[response.body.value];
      if (!body) continue;
      report({
        at: { start: body.start, end: body.end },
        messageId: envelope.pinned ? 'pinned' : 'differs',
        data: {
          answer: answerName(answer),
          shape: shapeText(answer.shapes),
          envelope: envelopeText(envelope.form),
          count: envelope.fitting,
          known: envelope.known,
        },
        suggestions: wrapping(envelope, answer, body),
      });
    }
  },
});

function answerName({ routes: [route, ...others] }: ApiResponse): string {
  return route && others.length === 0 ? `\`${route.method} ${route.path}\`` : 'This answer';
}

function shapeText([shape]: readonly BodyShape[]): string {
  if (shape?.kind === 'array') return 'a bare array';
  if (shape?.kind === 'row') return 'a bare row';
  const keys = shape?.kind === 'object' ? [...shape.keys.keys()] : [];
  if (keys.length === 0) return 'an empty object';
  return `\`{ ${keys.slice(0, MAX_KEYS).join(', ')}${keys.length > MAX_KEYS ? ', …' : ''} }\``;
}

/** Only where the body is data as a whole: keys that belong beside the data are not put into it. */
function wrapping({ form }: Envelope, { shapes, response }: ApiResponse, body: { readonly start: number; readonly end: number }): readonly Suggestion[] {
  const hasEnvelopeKeys = shapes.some((shape) => shape.kind === 'object' && ['success', 'data', 'message'].some((key) => shape.keys.has(key)));
  if (form.name !== 'document' || hasEnvelopeKeys) return [];
  // `() => body` needs parentheses around an object literal.
  const isArrow = response.file.text.slice(0, body.start).trimEnd().endsWith('=>');
  const edits = [
    { start: body.start, end: body.start, text: `${isArrow ? '(' : ''}{ success: true, data: ` },
    { start: body.end, end: body.end, text: ` }${isArrow ? ')' : ''}` },
  ];
  return [{ messageId: 'wrap', data: { envelope: envelopeText(form) }, edits }];
}
