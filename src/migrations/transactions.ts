import type { MigrationTool } from './migration-files.ts';
import type { Statement } from './statements.ts';

/** What a statement shares a transaction through: the tool's own, several statements sent as one query, `BEGIN` in the file, or a `DO` block. */
export interface TransactionScope {
  readonly by: 'tool' | 'batch' | 'explicit' | 'block';
  /** Statements with the same number in a file share the transaction. */
  readonly id: number;
  /** True when the transaction spans all pending migrations. */
  readonly pending?: true;
}

export interface TransactionInput {
  readonly tool: MigrationTool;
  readonly toolVersion?: readonly [number, number];
  /** The file opted out of the tool's transaction. */
  readonly outsideTransaction: boolean;
  /** Statements of the file, those not understood included. */
  readonly count: number;
}

/** `tool`: wrapped; `batch`: sent as one query, a transaction from two statements on; `none`: each statement commits by itself. */
type Mode = 'tool' | 'batch' | 'none';

/** How a tool runs a file, normally and after its opt-out. Read in the published packages for Prisma, Drizzle and node-pg-migrate; as documented for the others. */
const MODES: Readonly<Record<MigrationTool, readonly [normal: Mode, optedOut: Mode]>> = {
  prisma: ['batch', 'batch'],
  drizzle: ['tool', 'tool'],
  supabase: ['batch', 'batch'],
  'golang-migrate': ['batch', 'batch'],
  'postgres-migrations': ['tool', 'batch'],
  dbmate: ['tool', 'batch'],
  goose: ['tool', 'none'],
  'sql-migrate': ['tool', 'none'],
  'node-pg-migrate': ['tool', 'tool'],
  flyway: ['tool', 'tool'],
  diesel: ['tool', 'tool'],
  sql: ['none', 'none'],
};

/** The transaction of each top-level statement; undefined where it commits by itself. */
export function planTransactions(input: TransactionInput, statements: readonly Statement[]): (TransactionScope | undefined)[] {
  const mode = modeOf(input, statements);
  const wrapped = mode === 'tool' || (mode === 'batch' && input.count > 1);
  let id = 0;
  let current: TransactionScope | undefined = wrapped ? { by: mode === 'tool' ? 'tool' : 'batch', id } : undefined;
  return statements.map((statement) => {
    if (statement.kind !== 'transaction' || statement.action === 'savepoint') return current;
    const before = current;
    id += 1;
    if (statement.action === 'begin') current = { by: current?.by === 'tool' ? 'tool' : 'explicit', id };
    // A batch opens the next transaction by itself; a COMMIT in the tool's transaction leaves what follows alone.
    else current = mode === 'batch' && wrapped ? { by: 'batch', id } : undefined;
    return statement.action === 'begin' ? current : before;
  });
}

function modeOf({ tool, toolVersion, outsideTransaction }: TransactionInput, statements: readonly Statement[]): Mode {
  if (tool === 'prisma' && toolVersion && isFrom(toolVersion, 7, 4)) {
    // From 7.4 on statements run one by one, except in files that its own splitter cannot read.
    return statements.some((statement) => statement.kind === 'drop' && statement.concurrently) ? 'batch' : 'none';
  }
  // Flyway leaves its transaction out when every statement of the file demands it.
  if (tool === 'flyway' && statements.length > 0 && statements.every(isConcurrent)) return 'none';
  return MODES[tool][outsideTransaction ? 1 : 0];
}

export function isConcurrent(statement: Statement): boolean {
  return (statement.kind === 'createIndex' || statement.kind === 'drop') && statement.concurrently;
}

function isFrom([major, minor]: readonly [number, number], fromMajor: number, fromMinor: number): boolean {
  return major > fromMajor || (major === fromMajor && minor >= fromMinor);
}
