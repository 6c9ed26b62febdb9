import type {
  DataStatement, LockStatement, MaintenanceStatement, PragmaStatement, SelectStatement, SettingStatement, TransactionStatement,
} from './data-statements.ts';
import type {
  AlterDomainStatement, AttachStatement, CommentStatement, CreateDomainStatement, CreateSchemaStatement, CreateTypeStatement, EnumValueStatement,
  FunctionStatement, PrivilegeStatement, PublicationStatement, SequenceStatement,
} from './object-statements.ts';
import type {
  AlterTableStatement, CreateIndexStatement, CreateTableStatement, CreateViewStatement, DropStatement, MoveStatement, RenameStatement,
} from './table-statements.ts';
import type { Place } from './statement-parts.ts';

export type * from './data-statements.ts';
export type * from './object-statements.ts';
export type * from './statement-parts.ts';
export type * from './table-commands.ts';
export type * from './table-statements.ts';

/** A `DO` block: the SQL written out in its body. What it builds at run time is listed as not analysed. */
export interface BlockStatement extends Place {
  readonly kind: 'block';
  readonly statements: readonly Statement[];
}

/** Understood by the parser and without meaning here: roles, notifications, databases …; `node` is the parser's name for it. Takes no lock on a table. */
export interface OtherStatement extends Place {
  readonly kind: 'other';
  readonly node: string;
}

export type Statement =
  | CreateTableStatement
  | AlterTableStatement
  | RenameStatement
  | MoveStatement
  | DropStatement
  | CreateIndexStatement
  | CreateViewStatement
  | TransactionStatement
  | DataStatement
  | SelectStatement
  | LockStatement
  | MaintenanceStatement
  | AttachStatement
  | FunctionStatement
  | CommentStatement
  | PrivilegeStatement
  | SequenceStatement
  | CreateDomainStatement
  | AlterDomainStatement
  | CreateTypeStatement
  | EnumValueStatement
  | CreateSchemaStatement
  | PublicationStatement
  | BlockStatement
  | SettingStatement
  | PragmaStatement
  | OtherStatement;

