import { defineRule } from '../../src/findings/define-rule.ts';
import { codeOf } from '../../src/project/code.ts';
import { errorLeaksOf, type LeakedPart } from '../../src/project/error-leaks.ts';
import { formattedStacksOf } from '../../src/project/formatted-errors.ts';

/** What clients may read there. */
const SHOWN: Readonly<Record<LeakedPart, string>> = {
  message: 'It may tell of tables, queries, hosts and paths',
  stack: 'It tells the files, lines and packages of the server',
  whole: 'It may hold queries, parameters, hosts and paths',
  detail: 'It tells of tables, columns and values',
};

export default defineRule({
  id: 'no-error-leak',
  docs: { chapter: 'errors', description: 'Disallow messages, stacks and fields of unknown errors in responses', preset: 'recommended' },
  messages: {
    leak: '`{{code}}` sends clients what an unknown error says. {{shown}}. Log `{{name}}`, answer with a general message, and let only errors through that are known by their class.',
    formatted: '`{{code}}` sends clients the stack of every error: the files, lines and packages of the server. Leave it out, or add it outside production alone.',
  },
  check({ file, project, report }) {
    for (const { start, end, value, name, part, isHarmless } of errorLeaksOf(project, file)) {
      report({ at: { start, end }, messageId: 'leak', data: { code: codeOf(file, value), name, shown: SHOWN[part] }, confidence: isHarmless ? 'low' : 'high' });
    }
    for (const value of formattedStacksOf(project, file)) {
      const fact = file.facts.values[value];
      if (fact) report({ at: { start: fact.start, end: fact.end }, messageId: 'formatted', data: { code: codeOf(file, value) } });
    }
  },
});
