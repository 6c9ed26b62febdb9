import { defineRule } from '../../src/findings/define-rule.ts';
import { perElementQueries, type PerElementQuery } from '../../src/project/per-element.ts';
import { causesOf } from '../../src/project/per-element-causes.ts';
import { findDoubt } from '../../src/project/doubts.ts';
import { trailSteps } from '../../src/project/trails.ts';
import { codeOf } from '../../src/project/code.ts';
import { rewriteFor } from './rewrites.ts';

export default defineRule({
  id: 'no-query-in-loop',
  docs: { chapter: 'database', description: 'Disallow a database query per element of a loop', preset: 'recommended' },
  messages: {
    perElement: '`{{query}}` runs once per element of `{{collection}}`: as many round trips as there are elements. Fetch all rows with one query: {{rewrite}}.',
    reached: '`{{call}}` runs `{{query}}` once per element of `{{collection}}`{{others}}: as many round trips as there are elements. Fetch all rows with one query and hand them over: {{rewrite}}.',
  },
  check({ file, project, report }) {
    const reads = perElementQueries(project, file).filter((entry) => !entry.exemption && isRead(entry));
    const doubtful = new Set(reads.filter((entry) => findDoubt(project, entry)));
    // Clear ones first, so that a cause that has both is told where it is clear.
    const entries = [...reads.filter((entry) => !doubtful.has(entry)), ...doubtful];
    for (const { entry, others } of causesOf(project, entries)) {
      const { query, trail } = entry;
      report({
        at: spanOf(entry),
        messageId: trail.length === 0 ? 'perElement' : 'reached',
        data: {
          query: query.code,
          call: codeOf(file, calleeOf(entry)),
          collection: collectionName(entry),
          others: othersText(others),
          rewrite: rewriteFor(query),
        },
        trail: trailSteps(project, entry),
        confidence: doubtful.has(entry) ? 'low' : 'high',
      });
    }
  },
});

/** Calls beside the reported one that the same change mends. */
function othersText(others: number): string {
  if (others === 0) return '';
  return others === 1 ? ', as does 1 other call of it there' : `, as do ${others} other calls of it there`;
}

function isRead(entry: PerElementQuery): boolean {
  return entry.query.operation === 'read';
}

function calleeOf({ file, value, handed }: PerElementQuery): number {
  if (handed !== undefined) return handed;
  const fact = file.facts.values[value];
  return fact?.kind === 'call' || fact?.kind === 'new' ? fact.callee : value;
}

function spanOf({ file, value, query, trail }: PerElementQuery) {
  if (trail.length === 0) return { start: query.start, end: query.end };
  const fact = file.facts.values[value];
  return { start: fact?.start ?? 0, end: fact?.end ?? 0 };
}

function collectionName({ file, iteration }: PerElementQuery): string {
  return iteration.over === undefined ? `${iteration.form} loop` : codeOf(file, iteration.over);
}
