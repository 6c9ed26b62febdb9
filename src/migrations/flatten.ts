import type { Statement } from './statements.ts';

/** A statement, or those in a block. */
export function flatten(statement: Statement): Statement[] {
  return statement.kind === 'block' ? statement.statements.flatMap(flatten) : [statement];
}
