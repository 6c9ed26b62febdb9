import type { ColumnDefinition, ColumnType, ConstraintDefinition, DefaultValue, Place, QualifiedName, QueryUse } from './statement-parts.ts';

/** What is attached to a table: triggers, policies, rules, extended statistics. */
export interface AttachStatement extends Place {
  readonly kind: 'createTrigger' | 'createPolicy' | 'alterPolicy' | 'createRule' | 'createStatistics';
  readonly name: string;
  readonly table: QualifiedName;
  readonly orReplace?: true;
  /** `FROM` table of a constraint trigger. */
  readonly from?: QualifiedName;
  readonly rowLevel?: true;
  /** Function of a trigger. */
  readonly function?: QualifiedName;
  /** Tables that the expressions of a policy or the actions of a rule name. */
  readonly query?: QueryUse;
}

export interface FunctionStatement extends Place {
  readonly kind: 'createFunction';
  readonly name: QualifiedName;
  readonly orReplace: boolean;
  readonly procedure: boolean;
  readonly language: string;
  /** What an SQL body reads and writes; the server looks into other bodies when they run. */
  readonly query?: QueryUse;
  readonly volatility?: 'immutable' | 'stable' | 'volatile';
}

/** `object`: `table`, `column`, `index`, `constraint`, `view`, … in the parser's words. `target`: the relation, if it is one's. */
export interface CommentStatement extends Place {
  readonly kind: 'comment';
  readonly object: string;
  readonly target?: QualifiedName;
}

/** `GRANT`, `REVOKE`, `ALTER DEFAULT PRIVILEGES` and `ALTER … OWNER TO` of what is no table. */
export interface PrivilegeStatement extends Place {
  readonly kind: 'grant' | 'revoke' | 'owner';
  readonly object: string;
  readonly targets: readonly QualifiedName[];
  /** `ON ALL TABLES IN SCHEMA`. */
  readonly allInSchemas?: readonly string[];
}

export interface SequenceStatement extends Place {
  readonly kind: 'createSequence' | 'alterSequence';
  readonly sequence: QualifiedName;
  readonly ifNotExists?: boolean;
  readonly temporary?: true;
  /** `OWNED BY`; `none` for `OWNED BY NONE`. */
  readonly ownedBy?: { readonly table: QualifiedName; readonly column: string } | 'none';
  /** `RESTART` was asked for. */
  readonly restart?: true;
  /** `AS`, `INCREMENT`, `CACHE` … */
  readonly options?: readonly string[];
}

export interface CreateDomainStatement extends Place {
  readonly kind: 'createDomain';
  readonly domain: QualifiedName;
  readonly type: ColumnType;
  readonly default?: DefaultValue;
  readonly constraints: readonly ConstraintDefinition[];
}

export interface AlterDomainStatement extends Place {
  readonly kind: 'alterDomain';
  readonly domain: QualifiedName;
  readonly action: 'addConstraint' | 'dropConstraint' | 'validateConstraint' | 'setNotNull' | 'dropNotNull' | 'setDefault' | 'dropDefault';
  readonly constraint?: ConstraintDefinition;
  readonly constraintName?: string;
}

export interface CreateTypeStatement extends Place {
  readonly kind: 'createType';
  readonly type: QualifiedName;
  readonly form: 'enum' | 'composite' | 'range' | 'base';
  /** Values of an enum, in order. */
  readonly values?: readonly string[];
  /** Columns of a composite type. */
  readonly columns?: readonly ColumnDefinition[];
}

export interface EnumValueStatement extends Place {
  readonly kind: 'enumValue';
  readonly type: QualifiedName;
  readonly action: 'add' | 'rename';
  /** The new name. */
  readonly value: string;
  readonly oldValue?: string;
  readonly ifNotExists?: true;
  /** Neighbour of `BEFORE` or `AFTER`. */
  readonly neighbour?: string;
  readonly before?: boolean;
}

export interface CreateSchemaStatement extends Place {
  readonly kind: 'createSchema' | 'createExtension';
  readonly name: string;
  readonly ifNotExists: boolean;
  /** `CREATE EXTENSION … SCHEMA`. */
  readonly schema?: string;
}

export interface PublicationStatement extends Place {
  readonly kind: 'createPublication' | 'alterPublication';
  readonly name: string;
  readonly tables: readonly QualifiedName[];
  readonly action: 'add' | 'drop' | 'set' | 'create' | 'options';
  readonly allTables?: true;
}
