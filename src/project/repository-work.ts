import type { Span, ValueId } from '../facts/types.ts';
import type { IoKind } from '../libraries/types.ts';
import { LOCAL_WORK, type LocalWork } from '../libraries/work-beside-data.ts';
import { callFact } from './calls.ts';
import { calledCode } from './code.ts';
import { evaluate } from './evaluate.ts';
import { addTo } from './grouping.ts';
import { layerOf } from './layers.ts';
import { stepsOf, type External, type Site } from './origins.ts';
import { defineFileView, type Project } from './project.ts';
import { queriesOf } from './queries.ts';
import { effectOf, meaningsOf } from './recognise.ts';
import { classAround } from './repositories.ts';
import type { SourceFile } from './types.ts';

/** What a repository does besides keeping data. Object storage may be where its data is, and is left alone. */
export type WorkKind = LocalWork | 'mail' | 'http' | 'queue';

const REMOTE: Partial<Record<IoKind, WorkKind>> = { mail: 'mail', http: 'http', queue: 'queue' };

/** A call in a repository that is no data access. */
export interface RepositoryWork extends Span {
  readonly kind: WorkKind;
  /** What is called: `bcrypt.hash`. */
  readonly code: string;
}

/**
 * By kind, in source order. What sends no query itself is left alone: its data may lie behind an API.
 */
export const repositoryWork = defineFileView((project, file): ReadonlyMap<WorkKind, readonly RepositoryWork[]> => {
  const table = new Map<WorkKind, RepositoryWork[]>();
  const { layer, confidence } = layerOf(project, file);
  if (layer !== 'repository' || confidence !== 'high') return table;
  const owners = new Set(queriesOf(project, file).filter(({ executed }) => executed).map(({ region }) => classAround(file, region)));
  if (owners.size === 0) return table;
  for (const value of file.facts.calls) {
    const fact = callFact(file, value);
    // What runs when the module loads sets things up.
    if (fact?.kind !== 'call' || file.facts.regions[fact.region]?.function === -1 || !owners.has(classAround(file, fact.region))) continue;
    const kind = remoteWork(project, { file, value }) ?? localWork(project, file, fact.callee);
    if (kind) addTo(table, kind, { kind, start: fact.start, end: fact.end, code: calledCode(file, value) });
  }
  return table;
});

function remoteWork(project: Project, site: Site): WorkKind | undefined {
  const what = effectOf(meaningsOf(project.linker, project.recogniser, site), 'io')?.effect.what;
  return what === undefined ? undefined : REMOTE[what];
}

function localWork(project: Project, file: SourceFile, callee: ValueId): LocalWork | undefined {
  for (const origin of evaluate(project.linker, file, callee)) {
    if (origin.kind !== 'external') continue;
    const name = lastName(origin);
    const work = LOCAL_WORK.find((each) => each.packages.test(origin.module) && (each.names === undefined || each.names.has(name)));
    if (work) return work.kind;
  }
  return undefined;
}

/** Name that was read last; empty for the package itself. */
function lastName(origin: External): string {
  const last = stepsOf(origin).at(-1);
  if (last === undefined) return '';
  return last.kind === 'get' ? last.name : '(result)';
}
