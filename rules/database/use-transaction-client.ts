import { defineRule } from '../../src/findings/define-rule.ts';
import { calledCode } from '../../src/project/code.ts';
import { transactionEscapes, type TransactionEscape } from '../../src/project/transaction-escapes.ts';
import { trailSteps } from '../../src/project/trails.ts';
import { handleName, transactionWords } from './transaction-words.ts';

/** Queries further away than this are the work of another use case, which may be meant to stand on its own; reads are so already one call further on. */
const NEAR = { read: 1, write: 2, raw: 2 } as const;

export default defineRule({
  id: 'use-transaction-client',
  docs: { chapter: 'database', description: 'Require every query of a transaction to be sent through it', preset: 'recommended' },
  messages: {
    unused:
      'The transaction takes no part in what runs in it: `{{query}}`{{others}} runs on another connection, and stays when the transaction is rolled back. ' +
      'Take `{{handle}}` as parameter of the callback. {{remedy}}.',
    direct:
      '`{{query}}` stands in a transaction but is not part of it: it runs on another connection, does not see what the transaction wrote, and stays when it is rolled back. {{remedy}}.',
    reached:
      '`{{call}}` runs `{{query}}` outside the transaction it is called in: on another connection, without what the transaction wrote, and it stays when that is rolled back. ' +
      '{{remedy}}.',
  },
  check({ file, project, report }) {
    for (const escape of transactionEscapes(project, file)) {
      const { query, site, trail } = escape;
      const fact = file.facts.values[site.value];
      if (!fact) continue;
      report({
        at: trail.length === 0 ? { start: query.start, end: query.end } : { start: fact.start, end: fact.end },
        messageId: escape.others > 0 ? 'unused' : trail.length === 0 ? 'direct' : 'reached',
        data: {
          query: query.code,
          call: calledCode(file, site.value),
          handle: handleName(escape.scope),
          others: `, like ${escape.others} more,`,
          remedy: remedyFor(escape),
        },
        trail: trailSteps(project, escape),
        confidence: trail.length > NEAR[query.operation] ? 'low' : 'high',
      });
    }
  },
});

function remedyFor({ scope, site, trail, takes }: TransactionEscape): string {
  const handle = handleName(scope);
  if (trail.length === 0) return transactionWords(scope.library).direct(handle);
  const call = calledCode(site.file, site.value);
  return takes ? `Hand \`${handle}\` to \`${call}\`, which can take it` : transactionWords(scope.library).reached(handle, call);
}
