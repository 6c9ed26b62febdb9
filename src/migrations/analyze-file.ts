import { decodeText } from './decode-text.ts';
import { effectsOf, isStronger, NO_EFFECTS, type Effects } from './effects/effects.ts';
import { flatten } from './flatten.ts';
import { findHazards, isHygiene, outlineOf, type DoneStatement, type FileOutline, type Hazard } from './hazards.ts';
import { isRuledOut } from './guards.ts';
import type { MigrationFile, MigrationFolder } from './migration-files.ts';
import { hasSharedOptOut } from './planner/shared-opt-out.ts';
import type { ReadStatement } from './place-statements.ts';
import { readMigration } from './read-migration.ts';
import type { NotAnalysed } from './read-script.ts';
import { applyStatement } from './replay.ts';
import type { ReplayedSchema } from './replayed-schema.ts';
import type { DataStatement, Statement } from './statements.ts';
import type { TableSnapshot } from './table-sizes.ts';
import { trackTimeouts, type TimeoutTracker } from './timeouts.ts';
import { planTransactions, type TransactionPlan, type TransactionScope } from './transactions.ts';

/** What is known before a file is looked at. */
export interface FileInput {
  readonly folder: MigrationFolder;
  readonly file: MigrationFile;
  /** The schema that the files before have left; the file is applied to it. */
  readonly schema: ReplayedSchema;
  readonly judged: boolean;
  /** Major version of the PostgreSQL server. */
  readonly version: number;
  readonly pending?: ReadonlySet<string>;
  /** What pending migrations before it did in the transaction that they share with it; the file adds what it does. */
  readonly due?: DoneStatement[];
  readonly sizes?: TableSnapshot;
  read(path: string): Uint8Array | string | undefined;
}

export interface FileAnalysis {
  readonly text: string;
  readonly statements: readonly Statement[];
  /** How the tool runs the file. */
  readonly transaction: Pick<TransactionPlan, 'unit' | 'evidence'>;
  /** Transaction of each statement; null where it commits by itself. */
  readonly transactions: readonly (TransactionScope | null)[];
  /** Of each statement; a block has those of what stands in it. */
  readonly effects: readonly Effects[];
  readonly hazards: readonly Hazard[];
  /** Bad practice that endangers nothing by itself. */
  readonly hygiene: readonly Hazard[];
  readonly notAnalysed: readonly NotAnalysed[];
  /** Programs: places where they send something, those not analysed included. */
  readonly calls?: number;
}

/** Statements of one file while it is replayed. */
interface Replay extends FileInput {
  readonly outline: FileOutline;
  readonly plan: TransactionPlan;
  readonly timeouts: TimeoutTracker;
  /** Statements so far, and those of each transaction. */
  readonly before: DoneStatement[];
  readonly done: Map<number, DoneStatement[]>;
  readonly hazards: Hazard[];
}

/** Reads, plans and replays one file; a reason when it cannot be read at all. */
export function analyzeFile(input: FileInput): FileAnalysis | { readonly unreadable: string } {
  const { folder, schema } = input;
  const source = readMigration(input);
  if ('unreadable' in source) return source;
  const { statements: read, notAnalysed, outsideTransaction, fault, text, calls } = source;
  const statements = read.map(({ statement }) => statement);
  const count = statements.length + notAnalysed.filter(({ reason }) => reason.startsWith('not understood')).length;
  const otherOptedOut = hasSharedOptOut(folder, input.pending, (path) => textOf(input.read(path)));
  const model = folder.model ? { model: folder.model } : {};
  const queries = read.map(({ query }) => query);
  const known = { otherOptedOut, isOnlyPending: isOnlyPending(input), queries, count, ...model };
  const plan = planTransactions({ tool: folder.tool, outsideTransaction, ...known }, statements);
  const outline = outlineOf(statements.flatMap(flatten), count);
  const replay: Replay = { ...input, outline, plan, timeouts: trackTimeouts(), before: [], done: new Map(), hazards: [] };
  schema.defaultSchema = 'public';
  schema.settings.clear();
  // Programs ask at some time between the start of the file and the statement: only what neither allows is left out.
  const ruledOut = new Set(read.filter((entry) => isRuled(entry, schema)));
  const effects = read.map((entry, i) => {
    const { statement } = entry;
    if (ruledOut.has(entry) && isRuled(entry, schema)) return NO_EFFECTS;
    const planned = entry.outside ? undefined : plan.scopes[i];
    const scope: TransactionScope | undefined = statement.kind === 'block' ? blockScope(planned, i) : planned;
    const isLast = i === read.length - 1;
    return mergeEffects(flatten(statement).map((single) => applyAndJudge(replay, { ...entry, ...ownText(entry, single), statement: single }, isLast, scope)));
  });
  addDue(replay);
  return {
    text,
    statements,
    transaction: { unit: plan.unit, evidence: plan.evidence },
    transactions: plan.scopes.map((scope, i) => (read[i]?.outside ? null : (scope ?? null))),
    effects,
    hazards: replay.hazards.filter((hazard) => !isHygiene(hazard)),
    hygiene: replay.hazards.filter(isHygiene),
    ...(calls === undefined ? {} : { calls }),
    notAnalysed: fault === undefined ? notAnalysed : [{ start: 0, end: 0, reason: fault }, ...notAnalysed],
  };
}

function isRuled({ guards = [] }: ReadStatement, schema: ReplayedSchema): boolean {
  return guards.some((guard) => isRuledOut(schema, guard));
}

/** The text of a statement within a block, where the block stands in the file as it is. */
function ownText({ statement, sql, sqlStart }: ReadStatement, single: Statement): Partial<ReadStatement> {
  if (single === statement || sqlStart === undefined) return {};
  return { sql: sql.slice(single.start - sqlStart, single.end - sqlStart), sqlStart: single.start };
}

function applyAndJudge(replay: Replay, { statement, sql, sqlStart }: ReadStatement, isLast: boolean, scope?: TransactionScope): Effects {
  const { folder, file, schema, version, pending, outline, plan, timeouts, before, done } = replay;
  const effects = folder.dialect === 'postgres' ? effectsOf(statement, schema, version) : NO_EFFECTS;
  const earlier = scope ? (done.get(scope.id) ?? []) : [];
  if (replay.judged) {
    const context = {
      file: file.path,
      sql,
      sqlStart,
      tool: folder.tool,
      dialect: folder.dialect,
      version,
      schema,
      plan,
      outline,
      effects,
      earlier,
      earlierDue: scope?.pending && pending?.has(file.path) ? (replay.due ?? []) : [],
      before,
      isLast,
      timeouts: timeouts.at(scope?.id),
      ...(scope ? { scope } : {}),
      ...(pending ? { pending } : {}),
      ...(replay.sizes ? { sizes: replay.sizes } : {}),
    };
    replay.hazards.push(...findHazards(statement, context));
  }
  timeouts.apply(statement, scope?.id);
  remember(before, { statement, effects });
  if (scope) done.set(scope.id, remember(earlier, { statement, effects }));
  applyStatement(schema, statement, file.path);
  return effects;
}

/** Of a long run of rows, as dumps have them, the first statement stands for all: every later statement looks at those before it. */
function remember(list: DoneStatement[], done: DoneStatement): DoneStatement[] {
  const last = list.at(-1);
  if (!last || !isSameChange(last.statement, done.statement)) list.push(done);
  return list;
}

function isSameChange(a: Statement, b: Statement): boolean {
  return a.kind === b.kind && isRowChange(a) && isRowChange(b) && changeKey(a) === changeKey(b);
}

function isRowChange(statement: Statement): statement is DataStatement {
  return statement.kind === 'insert' || statement.kind === 'update' || statement.kind === 'delete';
}

function changeKey({ tables, columns, narrowing, copy, query }: DataStatement): string {
  return JSON.stringify([tables, columns, narrowing, copy, query]);
}

/** Statements of the file that share the transaction of all pending migrations; none of those before count once it was ended. */
function addDue({ due, pending, file, plan, done, before }: Replay): void {
  if (!due || plan.unit !== 'pending' || !pending?.has(file.path)) return;
  if (before.some(({ statement }) => statement.kind === 'transaction' && (statement.action === 'commit' || statement.action === 'rollback'))) due.length = 0;
  else due.push(...(done.get(0) ?? []));
}

/** A block runs in the transaction around it, else in one of its own. */
function blockScope(around: TransactionScope | undefined, position: number): TransactionScope {
  return { by: 'block', id: around?.id ?? -1 - position, ...(around?.pending ? { pending: true } : {}) };
}

function isOnlyPending({ folder, file, pending }: FileInput): boolean {
  return pending?.has(file.path) === true && !folder.files.some(({ path }) => path !== file.path && pending.has(path));
}

function textOf(content: Uint8Array | string | undefined): string | undefined {
  return content === undefined ? undefined : decodeText(content).text;
}

function mergeEffects(all: readonly Effects[]): Effects {
  const [only] = all;
  if (all.length <= 1) return only ?? NO_EFFECTS;
  const strongest = new Map<string, Effects['locks'][number]>();
  for (const lock of all.flatMap(({ locks }) => locks)) {
    const known = strongest.get(lock.relation);
    if (!known || isStronger(lock.mode, known.mode)) strongest.set(lock.relation, lock);
  }
  const names = (of: (effects: Effects) => readonly string[]): string[] => [...new Set(all.flatMap(of))].sort();
  const locks = [...strongest.values()].sort((a, b) => (a.relation < b.relation ? -1 : 1));
  return { locks, rewrites: names(({ rewrites }) => rewrites), scans: names(({ scans }) => scans) };
}
