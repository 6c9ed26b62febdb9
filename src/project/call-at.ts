import type { CallFact } from '../facts/types.ts';
import type { Site } from './origins.ts';

/** The call or construction at a place; tagged templates are neither. */
export function callAt(site: Site): CallFact | undefined {
  const fact = site.file.facts.values[site.value];
  return fact?.kind === 'call' || fact?.kind === 'new' ? fact : undefined;
}
