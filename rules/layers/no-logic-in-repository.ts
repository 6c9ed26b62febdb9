import { defineRule } from '../../src/findings/define-rule.ts';
import { repositoryWork, type WorkKind } from '../../src/project/repository-work.ts';

/** What the repository does, what happens because of it, and what to do. */
const WORDS: Readonly<Record<WorkKind, readonly [does: string, because: string, remedy: string]>> = {
  hash: ['hashes or compares passwords', 'how passwords are kept is then decided in the middle of a query, and a test of the query waits for the hash', 'Hash in a service and pass the hash'],
  mail: ['sends mail', 'whoever stores a row sends a mail, imports and tests included', 'Send it in a service, after the data is stored'],
  http: ['calls another server', 'a query then waits for the network, and fails when the other side does', 'Call it in a service and pass the result'],
  queue: ['adds jobs to a queue', 'whoever stores a row starts a job, and the job may run before the transaction is committed', 'Add the job in a service, after the data is stored'],
  event: ['publishes events', 'listeners may run before the transaction is committed, or although it is rolled back', 'Publish in a service, after the data is stored, or write to an outbox'],
};

export default defineRule({
  id: 'no-logic-in-repository',
  docs: { chapter: 'layers', description: 'Disallow hashing, mail, HTTP calls, jobs and events in repositories', preset: 'strict' },
  messages: { work: 'A repository {{does}} (`{{code}}`{{others}}): {{because}}. {{remedy}}.' },
  check({ file, project, report }) {
    for (const [kind, [first, ...others]] of repositoryWork(project, file)) {
      if (!first) continue;
      const [does, because, remedy] = WORDS[kind];
      report({
        at: { start: first.start, end: first.end },
        messageId: 'work',
        data: { does, code: first.code, others: others.length > 0 ? ` and ${others.length} more` : '', because, remedy },
      });
    }
  },
});
