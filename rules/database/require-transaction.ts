import { defineRule } from '../../src/findings/define-rule.ts';
import { calledCode } from '../../src/project/code.ts';
import type { FunctionId } from '../../src/facts/types.ts';
import type { SourceFile } from '../../src/project/types.ts';
import { functionName } from '../../src/project/reach.ts';
import { splitWritesOf, type Write } from '../../src/project/split-writes.ts';
import { transactionForm } from './transaction-words.ts';

export default defineRule({
  id: 'require-transaction',
  docs: { chapter: 'database', description: 'Require a transaction around writes of which one needs what another made', preset: 'strict' },
  messages: {
    split:
      '{{function}} makes {{article}} `{{firstModel}}` and then writes `{{secondModel}}` for it, in two steps: when `{{second}}` fails, what `{{first}}` wrote stays alone. ' +
      'Put both into one transaction: {{form}}.',
  },
  check({ file, project, report }) {
    for (const { function: ref, first, second } of splitWritesOf(project, file)) {
      const fact = file.facts.values[second.site.value];
      if (!fact) continue;
      report({
        at: { start: fact.start, end: fact.end },
        messageId: 'split',
        data: {
          function: nameOf(file, ref.function),
          article: /^[aeio]/i.test(first.query.model ?? '') ? 'an' : 'a',
          firstModel: first.query.model ?? '',
          secondModel: second.query.model ?? '',
          first: codeFor(first),
          second: codeFor(second),
          form: transactionForm(second.query.library),
        },
      });
    }
  },
});

function nameOf(file: SourceFile, id: FunctionId): string {
  const name = functionName(file, id);
  return name === 'function' ? 'This function' : `\`${name}\``;
}

function codeFor({ site, query, trail }: Write): string {
  return trail.length === 0 ? query.code : calledCode(site.file, site.value);
}
