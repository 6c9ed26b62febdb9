import { defineRule } from '../../src/findings/define-rule.ts';
import { inCase, PATH_CASES, pathStyleOf, segmentsByFile, type PathCase, type PathStyle } from '../../src/project/path-case.ts';

interface Options {
  readonly style: 'majority' | PathCase;
  readonly allow: readonly string[];
}

export default defineRule<Options>({
  id: 'rest-path-case',
  docs: { chapter: 'api', description: 'Require one way of writing words in paths', preset: 'strict' },
  messages: {
    differs: '`{{segment}}` in `{{path}}` is not written in {{style}} as {{count}} of the {{of}} segments of several words are here. Whoever writes a request has to look each one up. Name it `{{better}}`.',
    wanted: '`{{segment}}` in `{{path}}` is not written in {{style}}. Whoever writes a request has to look up how each path is written. Name it `{{better}}`.',
    rename: 'Rename the segment to `{{better}}`.',
  },
  options: {
    style: { type: 'string', enum: ['majority', ...PATH_CASES], description: 'How segments of several words are written; `majority`: as most of the package are, `kebab-case` where there are few.' },
    allow: { type: 'array', items: { type: 'string' }, description: 'Regular expressions of segments that may be written as they are.' },
  },
  defaultOptions: { style: 'majority', allow: [] },
  hasSuggestions: true,
  check({ file, project, options, report }) {
    const allowed = options.allow.map((pattern) => new RegExp(pattern));
    for (const { segment, route, anchor, case: written } of segmentsByFile(project).get(file) ?? []) {
      const style: Partial<PathStyle> | undefined = options.style === 'majority' ? pathStyleOf(project, route.file.package) : { case: options.style };
      if (!style?.case || written === style.case || allowed.some((pattern) => pattern.test(segment))) continue;
      const { start, end, exact } = anchor;
      const better = inCase(segment, style.case);
      report({
        at: { start, end },
        messageId: style.clear ? 'differs' : 'wanted',
        data: { segment, path: route.path, style: style.case, count: style.count ?? 0, of: style.of ?? 0, better },
        suggestions: exact ? [{ messageId: 'rename', data: { better }, edits: [{ start, end, text: better }] }] : [],
        confidence: style.clear === false ? 'low' : 'high',
      });
    }
  },
});
