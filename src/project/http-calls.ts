import type { CallFact } from '../facts/types.ts';
import type { Effect } from '../libraries/types.ts';
import type { Site } from './origins.ts';
import { meaningsOf, type CallMeaning } from './recognise.ts';
import type { RouterGraph } from './router-graph.ts';
import type { SourceFile } from './types.ts';

/** A call of an HTTP library that does something. */
export interface HttpCall {
  readonly site: Site;
  readonly fact: CallFact;
  readonly meaning: CallMeaning;
  readonly effect: Effect;
}

/** Every call that says something about routing. */
export function httpCalls(graph: RouterGraph, files: readonly SourceFile[]): readonly HttpCall[] {
  const { linker, recogniser } = graph.project;
  const found: HttpCall[] = [];
  for (const file of files) {
    for (const value of file.facts.calls) {
      const fact = file.facts.values[value];
      if (fact?.kind !== 'call' && fact?.kind !== 'new') continue;
      const site = { file, value };
      const meaning = meaningsOf(linker, recogniser, site).find((each) => each.library.category === 'http' && each.spec.effect);
      if (meaning?.spec.effect) found.push({ site, fact, meaning, effect: meaning.spec.effect });
    }
  }
  return found;
}
