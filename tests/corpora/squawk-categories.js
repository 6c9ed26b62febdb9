// One name for what both tools look for. Kinds and rules that are not listed are in `other`.

const HAZARDS = {
  'create index': ['createIndex', 'createIndexOnPartitioned'],
  'drop index': ['dropIndex'],
  'foreign key': ['foreignKeyScans'],
  check: ['checkScans'],
  'unique, primary key': ['addUnique', 'addPrimaryKey', 'addExclusion', 'primaryKeyNullable'],
  'set not null': ['setNotNull', 'requiredBeforeBackfill', 'requiredWithoutBackfill'],
  'required column': ['addNotNull', 'addNotNullEmptied', 'addNotNullImplicit'],
  'rewriting column': ['addRewriting'],
  'type change': ['typeRewrite', 'typeMayRewrite', 'typeUnlessUtc', 'typeScans'],
  'drop column': ['dropColumn', 'recreateColumn', 'probableRename', 'possibleRename'],
  'drop table': ['dropTable'],
  rename: ['renameColumn', 'renameTable', 'renameSchema', 'renameType', 'renameEnumValue'],
  'expand and contract': ['contractedTooEarly', 'neverContracted'],
  transaction: [
    'concurrentlyInTransaction', 'refusesTransaction', 'nestedTransaction', 'endedTransaction', 'uncommittedTransaction', 'transactionOptOutRefused',
    'optOutOnOtherConnection', 'validateInSameTransaction', 'enumValueInSameTransaction',
  ],
  backfill: ['backfillAfterDdl', 'unbatchedWrite'],
  'partition, domain': ['attachScans', 'defaultPartitionScans', 'detachPartition', 'domainScans'],
  'drop not null': ['dropNotNull'],
  timeouts: ['missingLockTimeout', 'timeoutWhileConcurrent'],
  'breadth of locks': ['locksSeveralTables', 'locksParent'],
  'foreign key without index': ['foreignKeyNotIndexed', 'foreignKeyTypeMismatch'],
  're-runnable': ['notRerunnable', 'keepsInvalidIndex'],
  'types and names': ['preferType', 'longIdentifier', 'foldedName', 'inconsistentName'],
};

const RULES = {
  'create index': ['require-concurrent-index-creation'],
  'drop index': ['require-concurrent-index-deletion'],
  'foreign key': ['adding-foreign-key-constraint'],
  'unique, primary key': ['disallowed-unique-constraint', 'adding-serial-primary-key-field'],
  'set not null': ['adding-not-nullable-field'],
  'required column': ['adding-required-field'],
  'rewriting column': ['adding-field-with-default'],
  'type change': ['changing-column-type'],
  'drop column': ['ban-drop-column'],
  'drop table': ['ban-drop-table'],
  rename: ['renaming-column', 'renaming-table'],
  transaction: ['transaction-nesting', 'ban-uncommitted-transaction', 'ban-concurrent-index-creation-in-transaction'],
  'partition, domain': ['require-concurrent-partition-detach', 'ban-create-domain-with-constraint', 'ban-alter-domain-with-add-constraint'],
  'drop not null': ['ban-drop-not-null'],
  timeouts: ['require-lock-timeout', 'require-statement-timeout'],
  're-runnable': ['prefer-robust-stmts'],
  'types and names': [
    'prefer-bigint-over-int', 'prefer-bigint-over-smallint', 'prefer-identity', 'prefer-text-field', 'prefer-timestamp-tz', 'identifier-too-long', 'ban-char-field',
    'require-enum-value-ordering',
  ],
};

export const CATEGORIES = [...Object.keys(HAZARDS), 'other'];

const categoryIn = (table, name) => Object.keys(table).find((category) => table[category].includes(name)) ?? 'other';

export function categoryOfHazard(kind) {
  return categoryIn(HAZARDS, kind);
}

/** One rule serves all kinds of constraints: which one it is, the clause tells, or else the statement. */
export function categoryOfRule(rule, clause, statement = '') {
  if (rule !== 'constraint-missing-not-valid') return categoryIn(RULES, rule);
  for (const sql of [clause, statement]) {
    if (/\bforeign\s+key\b|\breferences\b/i.test(sql)) return 'foreign key';
    if (/\bcheck\b/i.test(sql)) return 'check';
    if (/\b(?:unique|primary|exclude)\b/i.test(sql)) return 'unique, primary key';
  }
  return 'other';
}
