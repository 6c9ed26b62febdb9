import { defineRule } from '../../src/findings/define-rule.ts';
import { foreignWrites } from '../../src/project/foreign-writes.ts';

export default defineRule({
  id: 'repository-single-entity',
  docs: { chapter: 'layers', description: 'Disallow repositories that write what another repository is there for', preset: 'strict' },
  messages: {
    foreign:
      '`{{repository}}` keeps `{{own}}`, and writes `{{model}}` as well (`{{query}}`{{others}}). ' +
      'Whoever looks for what changes `{{model}}` does not find it here, and what has to hold for it is easily missed. {{remedy}}, and let a service call both in one transaction.',
  },
  check({ file, project, report }) {
    for (const { repository, model, queries, keeper } of foreignWrites(project, file)) {
      const [first, ...others] = queries;
      if (!first) continue;
      report({
        at: { start: first.start, end: first.end },
        messageId: 'foreign',
        data: {
          repository: repository.name,
          own: repository.model,
          model,
          query: first.code,
          others: others.length > 0 ? ` and ${others.length} more` : '',
          remedy: keeper ? `Move the write into \`${keeper.name}\`` : `Give \`${model}\` a repository of its own`,
        },
        // Without a repository of its own it may be a part of the thing that only the tables do not show.
        confidence: keeper ? 'high' : 'low',
      });
    }
  },
});
