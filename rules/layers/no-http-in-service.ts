import { defineRule } from '../../src/findings/define-rule.ts';
import { httpUses } from '../../src/project/http-use.ts';
import { layerOf } from '../../src/project/layers.ts';
import { functionName } from '../../src/project/reach.ts';

interface Options {
  readonly checkExceptions: boolean;
}

export default defineRule<Options>({
  id: 'no-http-in-service',
  docs: {
    chapter: 'layers',
    description: 'Disallow requests, responses and status codes of an HTTP framework in services and repositories',
    preset: 'recommended',
  },
  messages: {
    parameter:
      '`{{taker}}` of a {{layer}} takes `{{name}}` of {{framework}}. It then works for HTTP requests alone: ' +
      'no job, test or other service can call it. Read what it needs in the handler and pass that.',
    value:
      'A {{layer}} uses `{{name}}` of {{framework}}, so that business logic depends on HTTP. ' +
      'Return a result or throw an error of the application, and let the handler choose status and response.',
  },
  options: { checkExceptions: { type: 'boolean', description: 'Also report HTTP exceptions of NestJS, such as NotFoundException.' } },
  defaultOptions: { checkExceptions: false },
  check({ file, project, options, report }) {
    if (file.facts.imports.length === 0) return;
    const { layer, confidence } = layerOf(project, file);
    if (confidence !== 'high' || (layer !== 'service' && layer !== 'repository')) return;
    for (const { start, end, name, framework, taker } of httpUses(project, file, { exceptions: options.checkExceptions })) {
      const at = { start, end };
      if (taker === undefined) report({ at, messageId: 'value', data: { layer, name, framework } });
      else report({ at, messageId: 'parameter', data: { layer, name, framework, taker: functionName(file, taker) } });
    }
  },
});
