import { defineRule } from '../../src/findings/define-rule.ts';
import { repositoryBypasses } from '../../src/project/repository-bypasses.ts';
import { styleOf } from '../../src/project/style.ts';

export default defineRule({
  id: 'no-db-in-service',
  docs: { chapter: 'layers', description: 'Disallow queries in services for what has a repository', preset: 'strict' },
  messages: {
    bypass:
      'A service queries `{{model}}` itself (`{{query}}`{{others}}), past `{{repository}}`. ' +
      'What the repository adds to its queries is missing here, and a change of the table has to be made in both. Move the query into a method of `{{repository}}` and call that.',
  },
  check({ file, project, report }) {
    const style = styleOf(project, file.package);
    // Somebody decided that services query.
    if (style.pinned && style.name !== 'handler-service-repository') return;
    for (const { repository, queries } of repositoryBypasses(project, file)) {
      const [first, ...others] = queries;
      if (!first) continue;
      report({
        at: { start: first.start, end: first.end },
        messageId: 'bypass',
        data: {
          model: first.model ?? repository.model,
          query: first.code,
          others: others.length > 0 ? ` and ${others.length} more` : '',
          repository: repository.name,
        },
      });
    }
  },
});
