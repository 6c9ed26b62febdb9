import type { Statement } from 'oxc-parser';
import { closeScope, hoist, openScope } from './scopes.ts';
import { addRegion, lowerStatement, lowerStatements } from './state.ts';
import type { Draft, Lowering } from './state.ts';
import type { Exit, RegionFact, Span } from './types.ts';

/** How control leaves; undefined when a path falls through. */
export type Left = Exit | undefined;

/** Lowers a block in a scope of its own, in the region that is open. */
export function lowerScoped(state: Lowering, nodes: readonly Statement[]): Left {
  const outer = state.scope;
  const mark = openScope(state);
  hoist(state, nodes);
  const exit = lowerStatements(state, nodes);
  closeScope(state, mark, outer);
  return exit;
}

/** Lowers a statement as the whole of a new region; a block's braces add nothing to it. */
export function lowerInRegion(state: Lowering, fact: Draft<RegionFact>, node: Statement): Left {
  const outer = state.region;
  const region = addRegion(state, fact);
  state.region = region;
  const exit = node.type === 'BlockStatement' ? lowerScoped(state, node.body) : lowerStatement(state, node);
  if (exit) state.regions[region]!.exit = exit;
  state.region = outer;
  return exit;
}

/** What every region opened here has, whatever its kind. */
export function regionOf(state: Lowering, { start, end }: Span): Draft<Pick<RegionFact, 'start' | 'end' | 'parent' | 'function'>> {
  return { start, end, parent: state.region, function: state.function };
}

/** Both ways leave: the same way, or differently. */
export function joinExits(one: Left, other: Left): Left {
  if (!one || !other) return undefined;
  return one === other ? one : 'mixed';
}
