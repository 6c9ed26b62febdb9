import { defineRule } from '../../src/findings/define-rule.ts';
import type { IoKind } from '../../src/libraries/types.ts';
import { calledCode } from '../../src/project/code.ts';
import { callTrail } from '../../src/project/trails.ts';
import { transactionIo } from '../../src/project/transaction-io.ts';

const WORDS: Readonly<Record<IoKind, { readonly waits: string; readonly mend: string }>> = {
  http: { waits: 'another server', mend: 'Make the request before the transaction, or after it with what it gives back' },
  mail: { waits: 'a mail server', mend: 'Send the mail when the transaction has been committed, or write it into an outbox table in it' },
  queue: { waits: 'a queue', mend: 'Add the job when the transaction has been committed (a worker may be faster than the commit), or write it into an outbox table in it' },
  storage: { waits: 'object storage', mend: 'Store the object before the transaction, remove it after' },
  model: { waits: 'a language model', mend: 'Ask the model before the transaction, and write its answer in it' },
  service: { waits: 'a remote service', mend: 'Call the service before the transaction, or after it with what it gives back' },
};

/** Work further away than this may belong to another use case. */
const NEAR = 2;

export default defineRule({
  id: 'no-io-in-transaction',
  docs: { chapter: 'database', description: 'Disallow waiting for the network while a transaction is open', preset: 'strict' },
  messages: {
    direct:
      '`{{io}}` makes an open transaction wait for {{waits}}: connection and locks are held all the while, and what was sent stays when the transaction is rolled back. {{mend}}.',
    reached:
      '`{{call}}` makes an open transaction wait for {{waits}} (`{{io}}`): connection and locks are held all the while, and what was sent stays when the transaction is rolled back. ' +
      '{{mend}}.',
  },
  check({ file, project, report }) {
    for (const { site, io, what, trail } of transactionIo(project, file)) {
      const fact = file.facts.values[site.value];
      if (!fact) continue;
      report({
        at: { start: fact.start, end: fact.end },
        messageId: trail.length === 0 ? 'direct' : 'reached',
        data: { io: calledCode(io.file, io.value), call: calledCode(file, site.value), ...WORDS[what] },
        trail: callTrail(project, trail, io),
        confidence: trail.length > NEAR ? 'low' : 'high',
      });
    }
  },
});
