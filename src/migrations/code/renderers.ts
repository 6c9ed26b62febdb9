import type { Dialect } from '../migration-files.ts';
import type { CodeTool, ExistenceGuard } from './code-migration.ts';
import type { BuilderValue, Place, Value } from './values.ts';

export type Guard = ExistenceGuard;

/** One call of a method of a builder. What a method cannot evaluate it throws as NotConstant; the interpreter notes it. */
export interface BuilderCall {
  readonly dialect: Dialect;
  readonly self: BuilderValue;
  readonly method: string;
  /** Spread arguments are laid out. */
  readonly args: readonly Value[];
  readonly at: Place;
  /** Conditions on the existence of tables and columns under which the call stands, the innermost last. */
  readonly guards: readonly Guard[];
  /** Storage of the tool for this migration. */
  readonly memory: Map<string, unknown>;
  /** Sends SQL that the tool renders. `outside`: on another connection than the open transaction's. */
  emit(sql: string, options?: EmitOptions): void;
  /** Sends SQL that the program has as text or raw SQL. Notes what is not constant; values of data statements may be unknown. */
  emitText(value: Value | undefined, options?: EmitOptions): void;
  /** Reserves this place in the order; `render` is asked when `up` has ended. It may throw NotConstant, and gives nothing for what is never sent. */
  emitLater(render: () => readonly string[]): void;
  /** As `emitText`, at this place in the order, if `isSent` says so when `up` has ended. */
  emitTextLater(value: Value, isSent: () => boolean): void;
  /** The program opens or ends a transaction by itself; a savepoint where one is open already. */
  begin(): void;
  commit(): void;
  /** Lists a place as not analysed; without `at`, the call. */
  note(reason: string, at?: Place): void;
  /** Runs a function of the program and gives what it returns. Notes when `callee` is no function of the program. */
  apply(callee: Value | undefined, args: readonly Value[], self?: Value): Value;
}

export interface EmitOptions {
  readonly outside?: boolean;
}

/** Gives the value of the call; undefined stands for what the database answers. */
export type BuilderMethod = (call: BuilderCall) => Value | undefined;

/** Calls of a builder itself: `knex('t')`. */
export const CALLED = '()';
/** A builder as the tag of a template. Arguments: the text with holes, the list of the values in it, and the list of the texts around them. */
export const TAGGED = '``';
/** Methods that a type has no entry for. Without it they are noted as not known. */
export const ANY = '*';

/** What one tool's objects are. */
export interface BuilderTable {
  readonly tools: readonly CodeTool[];
  /** Values of the parameters of `up`, in order. */
  parameters(dialect: Dialect): readonly Value[];
  /** What `this` offers in a class of migration beyond the members written there. */
  readonly self?: BuilderValue;
  /** Packages of the tool, for imports and `require`: usually `{ kind: 'member', root, steps: [] }` or a record. */
  readonly modules: Readonly<Record<string, Value>>;
  /** Methods by the `type` of a builder. */
  readonly methods: Readonly<Record<string, Readonly<Record<string, BuilderMethod>>>>;
  /** Properties by the `type` of a builder: `knex.schema`, `queryInterface.sequelize`; `ANY` for all other names. */
  readonly properties?: Readonly<Record<string, Readonly<Record<string, (self: BuilderValue, name: string) => Value>>>>;
  /** Types of builders that are promises: awaiting them gives what the database answers. */
  readonly thenable?: readonly string[];
  /** Calls of something from the tool's packages that give a builder or raw SQL: `Sequelize.literal('…')`. Undefined leaves it a member. */
  member?(call: MemberCall): Value | undefined;
  /** Exports of the file that its calls depend on, evaluated before `up` and found in the memory by their names. */
  readonly settings?: readonly string[];
  /** Names of settings of the file or the class (`exports.config`, `transaction = false`) that opt out of the tool's transaction. */
  optsOut?(setting: MigrationSetting): boolean;
}

export interface MemberCall {
  /** Root and names, the called one last: `['sequelize', 'literal']`. */
  readonly path: readonly string[];
  readonly args: readonly Value[];
  readonly at: Place;
}

/** What the file exports, or the class has as members: functions with their text in `source`. */
export interface MigrationSetting {
  readonly name: string;
  readonly value: Value;
  /** Value that a method without parameters returns: `isTransactional() { return false; }`. */
  readonly returns?: Value;
}

/** Quotes an identifier as the dialect does; dots are part of the name. */
export function quoteName(name: string, dialect: Dialect): string {
  return dialect === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : dialect === 'sqlite' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
