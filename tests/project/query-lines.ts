import { queriesOf } from '../../src/project/queries.ts';
import { openProject } from '../../src/project/open.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { tree } from './tree.ts';

/**
 * The queries of a small project, one line each: `path:line operation library model code`, then `unsent`, `generic`, `through`,
 * `bulk` or `single` where they hold (`single` only for reads).
 */
export function queryLines(files: Readonly<Record<string, string>>, settings: Partial<Settings> = {}): string[] {
  const root = tree({ 'package.json': { name: 'sample' }, ...files });
  const project = openProject({ root, cache: false, settings });
  return [...project.files.values()]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((file) =>
      queriesOf(project, file).map((query) => {
        const line = file.text.slice(0, query.start).split('\n').length;
        const marks = [
          query.bulk && 'bulk',
          query.operation === 'read' && !query.many && 'single',
          !query.executed && 'unsent',
          query.generic && 'generic',
          query.through && 'through',
        ].filter(Boolean);
        return [`${file.path}:${line}`, query.operation, query.library, query.model ?? '-', query.code, ...marks].join(' ');
      }),
    );
}

/** The queries of one file, without its path. */
export function queriesIn(code: string, others: Readonly<Record<string, string>> = {}): string[] {
  return queryLines({ 'main.ts': code, ...others })
    .filter((line) => line.startsWith('main.ts:'))
    .map((line) => line.slice('main.ts:'.length));
}
