/** Lock modes of tables by the server's names, weakest first. */
export const LOCK_MODES = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const;

export type LockMode = (typeof LOCK_MODES)[number];

export interface RelationLock {
  /** `schema.name` as the server keeps it. */
  readonly relation: string;
  readonly mode: LockMode;
}

export function isStronger(a: LockMode, b: LockMode): boolean {
  return LOCK_MODES.indexOf(a) > LOCK_MODES.indexOf(b);
}

/** What a statement does to relations that were there before it. */
export interface Effects {
  /** The strongest mode per relation, sorted by relation. */
  readonly locks: readonly RelationLock[];
  /** Relations that get new files. */
  readonly rewrites: readonly string[];
  /** Relations that are read from beginning to end. */
  readonly scans: readonly string[];
}

export const NO_EFFECTS: Effects = { locks: [], rewrites: [], scans: [] };
