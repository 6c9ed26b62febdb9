import { defineRule } from '../../src/findings/define-rule.ts';
import { growsByName, isSmallByName } from '../../src/project/table-sizes.ts';
import { listQueryOf, type ListQuery } from '../../src/project/list-queries.ts';
import { queriesOf } from '../../src/project/queries.ts';
import { routesOfResponse } from '../../src/project/api-responses.ts';
import { sentRows } from '../../src/project/sent-rows.ts';
import { limitFor } from './page-rewrites.ts';

interface Options {
  readonly smallTables: readonly string[];
}

export default defineRule<Options>({
  id: 'require-pagination',
  docs: { chapter: 'api', description: 'Require a limit on queries whose rows are sent as a list', preset: 'strict' },
  messages: {
    unlimited: '`{{query}}` reads all rows{{of}}, and {{answer}} sends them: the answer grows with the table until it takes too long or too much memory. Add {{limit}}.',
    ofParent: '`{{query}}` reads all rows{{of}} of one parent, and {{answer}} sends them: rows of this kind are added all the time. Add {{limit}}.',
  },
  options: { smallTables: { type: 'array', items: { type: 'string' }, description: 'Models or tables that stay small, as the code names them.' } },
  defaultOptions: { smallTables: [] },
  check({ file, project, options, report }) {
    const sent = sentRows(project);
    for (const query of queriesOf(project, file)) {
      const response = sent.get(query);
      const list = response && listQueryOf(project, query);
      if (!list || !isUnlimited(list, options)) continue;
      const { bound } = list;
      const [route, ...others] = routesOfResponse(project, response);
      report({
        at: { start: query.start, end: query.end },
        messageId: bound === 'parent' ? 'ofParent' : 'unlimited',
        data: {
          query: query.code,
          of: query.model === undefined ? '' : ` of \`${query.model}\``,
          answer: route && others.length === 0 ? `\`${route.method} ${route.path}\`` : 'an answer',
          limit: limitFor(query),
        },
        confidence: bound === 'parent' ? 'low' : 'high',
      });
    }
  },
});

function isUnlimited({ query, limit, bound, derived, open }: ListQuery, { smallTables }: Options): boolean {
  if (limit || open || derived || bound === 'listed' || bound === 'unknown') return false;
  if (query.model !== undefined && (smallTables.includes(query.model) || isSmallByName(query.model))) return false;
  return bound === 'none' || (query.model !== undefined && growsByName(query.model));
}
