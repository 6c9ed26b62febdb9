import type { Span } from '../../facts/types.ts';
import type { Dialect } from '../migration-files.ts';
import type { NotAnalysed } from '../read-script.ts';

/** Tools whose migrations are programs. */
export type CodeTool = 'typeorm' | 'knex' | 'sequelize' | 'umzug' | 'kysely' | 'mikro-orm' | 'node-pg-migrate';

export interface CodeMigrationInput {
  readonly tool: CodeTool;
  readonly dialect: Dialect;
  /** POSIX path relative to the root. */
  readonly path: string;
  readonly text: string;
  /** The tool runs the file in a transaction of its own, unless the file opts out: a transaction that the program opens is a savepoint then. */
  readonly inTransaction?: boolean;
  /** Text of another file by its path relative to the root, for what the migration imports; undefined when there is none. */
  read(path: string): string | undefined;
}

/** SQL that the program sends, in the order in which it sends it. `start` and `end`: the call, or the text of the SQL, in the migration. */
export interface CodeStatement extends Span {
  /** One or several statements in the dialect of the database. */
  readonly sql: string;
  /** Offset in the file of the first character of `sql`, when it is a verbatim slice of the file. */
  readonly verbatim?: number;
  /** Sent only if something holds that is not known here; both ways are taken. */
  readonly conditional?: true;
  /** What the program asks the database before it sends it: whether tables and columns are there. All of it must hold. */
  readonly guards?: readonly ExistenceGuard[];
  /** Sent on another connection than that of the transaction which is open here. */
  readonly outside?: true;
}

/** `if (!(await knex.schema.hasTable('t')))`: what is asked for and whether it must be there. */
export interface ExistenceGuard {
  readonly table: string;
  readonly column?: string;
  readonly present: boolean;
}

/** What the `up` of a program sends. Transactions that it opens are `BEGIN` and `COMMIT` among the statements. */
export interface CodeMigration {
  readonly statements: readonly CodeStatement[];
  /** Calls that could not be followed, with their place in the file. */
  readonly notAnalysed: readonly NotAnalysed[];
  /** Places in the program where it sends something through the tool, those not analysed included. */
  readonly calls: number;
  /** The file opts out of the tool's transaction. */
  readonly outsideTransaction: boolean;
}
