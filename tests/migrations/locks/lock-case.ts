export interface LockCase {
  readonly id: string;
  readonly sql: string;
  /** Runs and commits before, over the base schema. */
  readonly setup?: string;
  /** Refuses to run in a transaction: its locks cannot be seen afterwards. */
  readonly outside?: true;
  /** First major version that has it. */
  readonly since?: number;
}
