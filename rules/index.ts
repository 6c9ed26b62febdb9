import type { Rule } from '../src/findings/define-rule.ts';
import consistentEnvelope from './api/consistent-envelope.ts';
import errorEnvelope from './api/error-envelope.ts';
import requirePagination from './api/require-pagination.ts';
import restMaxNesting from './api/rest-max-nesting.ts';
import restNoShadowedRoute from './api/rest-no-shadowed-route.ts';
import restNoVerbInPath from './api/rest-no-verb-in-path.ts';
import restNoWriteInGet from './api/rest-no-write-in-get.ts';
import restPathCase from './api/rest-path-case.ts';
import restPluralCollection from './api/rest-plural-collection.ts';
import restStatusCode from './api/rest-status-code.ts';
import explicitOnDelete from './database/explicit-on-delete.ts';
import indexForeignKey from './database/index-foreign-key.ts';
import noQueryInLoop from './database/no-query-in-loop.ts';
import noIoInTransaction from './database/no-io-in-transaction.ts';
import requireTransaction from './database/require-transaction.ts';
import noRedundantIndex from './database/no-redundant-index.ts';
import useTransactionClient from './database/use-transaction-client.ts';
import noErrorLeak from './errors/no-error-leak.ts';
import throwAppError from './errors/throw-app-error.ts';
import layerImports from './layers/layer-imports.ts';
import noDbInHandler from './layers/no-db-in-handler.ts';
import noDbInService from './layers/no-db-in-service.ts';
import noHttpInService from './layers/no-http-in-service.ts';
import noLogicInRepository from './layers/no-logic-in-repository.ts';
import repositorySingleEntity from './layers/repository-single-entity.ts';
import requireInputValidation from './layers/require-input-validation.ts';
import migrationConcurrentIndex from './migrations/migration-concurrent-index.ts';
import migrationConsistentName from './migrations/migration-consistent-name.ts';
import migrationConstraintNotValid from './migrations/migration-constraint-not-valid.ts';
import migrationConstraintUsingIndex from './migrations/migration-constraint-using-index.ts';
import migrationDomainConstraint from './migrations/migration-domain-constraint.ts';
import migrationForeignKeyType from './migrations/migration-foreign-key-type.ts';
import migrationIdentifier from './migrations/migration-identifier.ts';
import migrationIndexForeignKey from './migrations/migration-index-foreign-key.ts';
import migrationLockOneTable from './migrations/migration-lock-one-table.ts';
import migrationLockTimeout from './migrations/migration-lock-timeout.ts';
import migrationMysqlAlgorithm from './migrations/migration-mysql-algorithm.ts';
import migrationMysqlInlineReferences from './migrations/migration-mysql-inline-references.ts';
import migrationMysqlOnlineDdl from './migrations/migration-mysql-online-ddl.ts';
import migrationMysqlPartial from './migrations/migration-mysql-partial.ts';
import migrationNoDropNotNull from './migrations/migration-no-drop-not-null.ts';
import migrationExpandContract from './migrations/migration-expand-contract.ts';
import migrationNoDropReferenced from './migrations/migration-no-drop-referenced.ts';
import migrationNoMixedBackfill from './migrations/migration-no-mixed-backfill.ts';
import migrationNoNestedTransaction from './migrations/migration-no-nested-transaction.ts';
import migrationNoRename from './migrations/migration-no-rename.ts';
import migrationNoRewritingDefault from './migrations/migration-no-rewriting-default.ts';
import migrationNoTableRewrite from './migrations/migration-no-table-rewrite.ts';
import migrationNoTruncateCascade from './migrations/migration-no-truncate-cascade.ts';
import migrationNoTypeChange from './migrations/migration-no-type-change.ts';
import migrationNotNullDefault from './migrations/migration-not-null-default.ts';
import migrationPreferType from './migrations/migration-prefer-type.ts';
import migrationRerunnable from './migrations/migration-rerunnable.ts';
import migrationSafePartition from './migrations/migration-safe-partition.ts';
import migrationSeparateEnumValue from './migrations/migration-separate-enum-value.ts';
import migrationSqliteAddColumn from './migrations/migration-sqlite-add-column.ts';
import migrationSqliteDropColumn from './migrations/migration-sqlite-drop-column.ts';
import migrationSqliteRebuild from './migrations/migration-sqlite-rebuild.ts';
import migrationTransactionOptOut from './migrations/migration-transaction-opt-out.ts';
import migrationUnderstood from './migrations/migration-understood.ts';
import migrationUniqueVersion from './migrations/migration-unique-version.ts';
import migrationValidConcurrentIndex from './migrations/migration-valid-concurrent-index.ts';
import migrationValidateSeparately from './migrations/migration-validate-separately.ts';

/** Every rule, by chapter. A test keeps this list equal to the folder. */
export const rules: readonly Rule[] = [
  consistentEnvelope,
  errorEnvelope,
  requirePagination,
  restMaxNesting,
  restNoShadowedRoute,
  restNoVerbInPath,
  restNoWriteInGet,
  restPathCase,
  restPluralCollection,
  restStatusCode,
  layerImports,
  noDbInHandler,
  noDbInService,
  noHttpInService,
  noLogicInRepository,
  repositorySingleEntity,
  requireInputValidation,
  explicitOnDelete,
  indexForeignKey,
  noQueryInLoop,
  noRedundantIndex,
  noIoInTransaction,
  requireTransaction,
  useTransactionClient,
  noErrorLeak,
  throwAppError,
  migrationConcurrentIndex,
  migrationConsistentName,
  migrationConstraintNotValid,
  migrationConstraintUsingIndex,
  migrationDomainConstraint,
  migrationForeignKeyType,
  migrationIdentifier,
  migrationIndexForeignKey,
  migrationLockOneTable,
  migrationLockTimeout,
  migrationMysqlAlgorithm,
  migrationMysqlInlineReferences,
  migrationMysqlOnlineDdl,
  migrationMysqlPartial,
  migrationNoDropNotNull,
  migrationExpandContract,
  migrationNoDropReferenced,
  migrationNoMixedBackfill,
  migrationNoNestedTransaction,
  migrationNoRename,
  migrationNoRewritingDefault,
  migrationNoTableRewrite,
  migrationNoTruncateCascade,
  migrationNoTypeChange,
  migrationNotNullDefault,
  migrationPreferType,
  migrationRerunnable,
  migrationSafePartition,
  migrationSeparateEnumValue,
  migrationSqliteAddColumn,
  migrationSqliteDropColumn,
  migrationSqliteRebuild,
  migrationTransactionOptOut,
  migrationUnderstood,
  migrationUniqueVersion,
  migrationValidConcurrentIndex,
  migrationValidateSeparately,
];
