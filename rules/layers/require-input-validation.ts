import { defineRule } from '../../src/findings/define-rule.ts';
import { codeOf } from '../../src/project/code.ts';
import { routeName } from '../../src/project/request-path.ts';
import { trailSteps } from '../../src/project/trails.ts';
import { unvalidatedInputsOf, type UnvalidatedInput } from '../../src/project/unvalidated-input.ts';
import { validationRewrite } from './validation-rewrites.ts';

interface Options {
  readonly parts: readonly string[];
}

/** What is wrong with a decorated parameter. */
const REASONS: Readonly<Record<string, string>> = {
  erased: 'its type is gone at run time',
  'no pipe': 'no `ValidationPipe` is set up',
  'no constraints': 'its class has no constraints',
};

export default defineRule<Options>({
  id: 'require-input-validation',
  docs: { chapter: 'layers', description: 'Require that what clients send is validated before it reaches a query', preset: 'recommended' },
  messages: {
    unvalidated:
      '`{{code}}` of `{{route}}` reaches `{{query}}` as the client sent it{{reason}}. ' +
      'Wrong types, missing fields and fields that only the server may set get into the database. {{rewrite}}.',
  },
  options: {
    parts: { type: 'array', items: { type: 'string' }, description: 'Parts of the request that have to be validated: `body`, `query`, `params`, `headers`, `cookies`.' },
  },
  defaultOptions: { parts: ['body', 'query'] },
  check({ file, project, options, report }) {
    for (const input of unvalidatedInputsOf(project, file)) {
      if (!options.parts.includes(input.part)) continue;
      const fact = file.facts.values[input.at.value];
      if (!fact) continue;
      report({
        at: { start: fact.start, end: fact.end },
        messageId: 'unvalidated',
        data: {
          code: readCode(input),
          route: routeName(input.route),
          query: input.flow.query.code,
          reason: input.parameter?.reason === undefined ? '' : `: ${REASONS[input.parameter.reason] ?? ''}`,
          rewrite: validationRewrite(input),
        },
        trail: trailSteps(project, input.flow),
        // A text in a query string can only be a wrong text, or a list of them.
        confidence: input.part === 'body' ? 'high' : 'low',
      });
    }
  },
});

function readCode({ at, parameter }: UnvalidatedInput): string {
  const name = parameter?.parameter.name;
  return name === undefined ? codeOf(at.file, at.value) : `${codeOf(at.file, at.value)} ${name}`;
}
