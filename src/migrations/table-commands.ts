import type { Span } from '../facts/types.ts';
import type {
  ColumnDefinition, ColumnType, ConstraintDefinition, DefaultValue, PartitionBound, QualifiedName, TableIndex, Written,
} from './statement-parts.ts';

/** One command of an `ALTER TABLE` (or INDEX, VIEW, MATERIALIZED VIEW, SEQUENCE, TYPE). */
export type AlterCommand = Span &
  (
    | { readonly kind: 'addColumn'; readonly column: ColumnDefinition; readonly ifNotExists: boolean }
    | { readonly kind: 'dropColumn'; readonly column: string; readonly ifExists: boolean; readonly cascade: boolean }
    | {
        readonly kind: 'setType';
        readonly column: string;
        readonly type: ColumnType;
        readonly typeAsWritten?: Written;
        /** `plainCast` says what the server would do anyhow. */
        readonly using: 'none' | 'plainCast' | 'expression';
        readonly collation?: true;
      }
    | { readonly kind: 'setNotNull' | 'dropNotNull' | 'dropDefault' | 'dropExpression' | 'setExpression'; readonly column: string }
    | { readonly kind: 'setDefault'; readonly column: string; readonly default: DefaultValue }
    | { readonly kind: 'addIdentity' | 'setIdentity' | 'dropIdentity'; readonly column: string; readonly options?: readonly string[] }
    | { readonly kind: 'setStatistics' | 'setStorage' | 'setCompression' | 'setColumnOptions' | 'resetColumnOptions'; readonly column: string }
    | { readonly kind: 'addConstraint'; readonly constraint: ConstraintDefinition }
    | { readonly kind: 'validateConstraint'; readonly constraint: string; readonly ifExists: boolean }
    | { readonly kind: 'dropConstraint'; readonly constraint: string; readonly ifExists: boolean; readonly cascade?: boolean }
    | {
        readonly kind: 'alterConstraint';
        readonly constraint: string;
        readonly changes: readonly ('deferrability' | 'enforceability' | 'inheritability')[];
        readonly notEnforced?: boolean;
      }
    | {
        readonly kind: 'attachPartition' | 'detachPartition';
        readonly partition: QualifiedName;
        readonly concurrently: boolean;
        readonly bound?: PartitionBound;
        /** `DETACH PARTITION … FINALIZE`. */
        readonly finalize?: true;
      }
    /** `SET (…)`, `RESET (…)`: storage parameters of the table or index, options of a view. */
    | { readonly kind: 'setOptions' | 'resetOptions'; readonly options: readonly string[] }
    | { readonly kind: 'setLogged' | 'setUnlogged' | 'setAccessMethod' | 'setTablespace' | 'setOwner'; readonly name?: string }
    | { readonly kind: 'replicaIdentity'; readonly identity: 'default' | 'full' | 'nothing' | 'index'; readonly index?: string }
    /** `trigger`: a name, or `ALL`, `USER`. */
    | { readonly kind: 'enableTrigger' | 'disableTrigger'; readonly trigger: string; readonly when?: 'always' | 'replica' }
    | { readonly kind: 'enableRule' | 'disableRule'; readonly rule: string }
    | { readonly kind: 'enableRowSecurity' | 'disableRowSecurity' | 'forceRowSecurity' | 'noForceRowSecurity' }
    | { readonly kind: 'inherit' | 'noInherit'; readonly parent: QualifiedName }
    | { readonly kind: 'ofType'; readonly type: ColumnType }
    | { readonly kind: 'notOf' | 'setWithoutOids' | 'setWithoutCluster' }
    | { readonly kind: 'clusterOn'; readonly index: string }
    /** MySQL's `MODIFY` and `CHANGE` (which may rename), libSQL's `ALTER COLUMN … TO`: the whole definition anew. */
    | { readonly kind: 'modifyColumn'; readonly column: string; readonly definition: ColumnDefinition }
    /** MySQL, which has them beside other commands. */
    | { readonly kind: 'addIndex'; readonly index: TableIndex }
    | { readonly kind: 'dropIndex'; readonly index: string }
    | { readonly kind: 'renameIndex' | 'renameColumn'; readonly from: string; readonly to: string }
    | { readonly kind: 'renameTable'; readonly to: QualifiedName }
    | { readonly kind: 'dropPrimaryKey' }
    | { readonly kind: 'convertCharset'; readonly charset: string; readonly collation?: string }
    /** What has no meaning here, e.g. options of foreign tables; `command` is the parser's name for it. */
    | { readonly kind: 'other'; readonly command: string; readonly column?: string }
  );

export type AlterCommandKind = AlterCommand['kind'];

/** The members of a union whose `kind` may be one of `K`, also where a member has several kinds. */
export type OfKind<T, K> = T extends { readonly kind: infer Kind } ? (K extends Kind ? T : never) : never;
