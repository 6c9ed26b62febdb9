import type { ts } from 'ts-morph';
import type { ModuleTable } from './modules.ts';
import type { Run } from './run.ts';
import type { TypeScript } from './syntax.ts';
import type { Place, Scope, Value } from './values.ts';

/** How a piece of a function ended; undefined when it ran through. */
export interface Completion {
  readonly kind: 'return' | 'throw' | 'break' | 'continue';
  readonly value?: Value;
}

/** The parts of the interpreter, as they see one another. */
export interface Interpreter {
  readonly ts: TypeScript;
  readonly run: Run;
  readonly modules: ModuleTable;
  evaluate(node: ts.Expression, scope: Scope): Value;
  execute(statements: readonly ts.Statement[], scope: Scope): Completion | undefined;
  /** Binds a name or a pattern. */
  bind(target: ts.BindingName, value: Value, scope: Scope): void;
  /** A property; undefined value for what is not there. */
  member(object: Value, name: string, at: Place): Value;
  /** Calls a value. `name`: what it is called, for reasons. */
  invoke(callee: Value, args: readonly Value[], site: CallSite): Value;
}

export interface CallSite {
  readonly at: Place;
  readonly name: string;
  readonly self?: Value;
}

export function placeOf(node: ts.Node, scope: { readonly file: string }): Place {
  return { file: scope.file, start: node.getStart(), end: node.getEnd() };
}
