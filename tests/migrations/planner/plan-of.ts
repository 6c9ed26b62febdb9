import type { Dialect, MigrationTool } from '../../../src/migrations/migration-files.ts';
import { transactionModelOf } from '../../../src/migrations/planner/tool-models.ts';
import { findToolSettings } from '../../../src/migrations/planner/tool-settings.ts';
import { findToolVersion } from '../../../src/migrations/planner/tool-version.ts';
import { readScript } from '../../../src/migrations/read-script.ts';
import { planTransactions, type TransactionPlan, type TransactionScope } from '../../../src/migrations/transactions.ts';

/** A migration as one tool would run it. */
export interface PlannedCase {
  readonly tool: MigrationTool;
  /** Name of the package and what the project depends on. */
  readonly depends?: readonly [name: string, version: string];
  readonly dialect?: Dialect;
  /** Files of the project beside package.json, path → text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly sql: string;
  readonly optsOut?: true;
  readonly otherOptsOut?: true;
}

const FOLDER = 'src/migrations';

export function planOf({ tool, depends, dialect = 'postgres', files = {}, sql, optsOut, otherOptsOut }: PlannedCase): TransactionPlan {
  const tree: Readonly<Record<string, string>> = depends ? { 'package.json': JSON.stringify({ dependencies: { [depends[0]]: depends[1] } }), ...files } : files;
  const input = { paths: Object.keys(tree).sort(), text: (path: string) => tree[path] };
  const version = depends ? findToolVersion([depends[0]], FOLDER, input.text) : undefined;
  const model = transactionModelOf(tool, { dialect, settings: findToolSettings(tool, FOLDER, input), ...(version ? { version } : {}) });
  const { statements } = readScript(sql);
  return planTransactions({ tool, model, outsideTransaction: optsOut === true, otherOptedOut: otherOptsOut === true, count: statements.length }, statements);
}

const LETTERS: Readonly<Record<TransactionScope['by'], string>> = { tool: 'file', batch: 'batch', explicit: 'BEGIN', block: 'DO' };

/** `file0 file0 - BEGIN1`: what holds each statement, and the number of the transaction. */
export function scopesOf({ scopes }: TransactionPlan): string {
  return scopes.map((scope) => (scope ? `${scope.pending ? 'pending' : LETTERS[scope.by]}${scope.id}` : '-')).join(' ');
}
