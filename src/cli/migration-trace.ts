import { MissingPackageError } from '../migrations/trace/pglite.ts';
import { ServerAccessError, connectServer } from '../migrations/trace/connect-server.ts';
import { connectPglite } from '../migrations/trace/connect-pglite.ts';
import { traceMigrations, type Trace, type TraceOptions } from '../migrations/trace/trace.ts';
import type { TraceDatabase } from '../migrations/trace/trace-database.ts';
import { migrationInputOf, migrationsOf } from '../migrations/project-migrations.ts';
import type { Project } from '../project/project.ts';
import { traceJson, traceText } from '../report/migration-trace.ts';
import type { CommandInput } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';
import { includesOf } from './paths.ts';

/** `migrations --trace`: replays the history and writes what the server did. Paths restrict what is written; all of the history runs. */
export async function runTrace(project: Project, { operands, values, cwd, paint, write }: CommandInput): Promise<number> {
  const format = values.format ?? 'stylish';
  if (format !== 'stylish' && format !== 'json') throw new UsageError(`--trace writes the formats stylish and json, not ${format}.`);
  const input = migrationInputOf(project);
  const known = migrationsOf(project).files.map(({ path }) => path);
  const includes = includesOf(operands, { root: project.root, cwd, known });
  const trace = await traceSafely(values['database-url'], (connect) => traceMigrations(input, { connect }));
  const textOf = (path: string): string | undefined => {
    const content = input.read(path);
    return content === undefined || typeof content === 'string' ? content : Buffer.from(content).toString('utf8').replace(/^\uFEFF/, '');
  };
  const shown = includes ? { ...trace, files: trace.files.filter(({ path }) => includes(path)) } : trace;
  write(format === 'json' ? traceJson(shown, textOf) : traceText(shown, textOf, paint));
  if (trace.servers.length === 0) return EXIT.notChecked;
  return trace.counts.failed === 0 ? EXIT.clean : EXIT.findings;
}

/** Whatever happens, an interruption included, what was made on a server is dropped. */
async function traceSafely(url: string | undefined, trace: (connect: TraceOptions['connect']) => Promise<Trace>): Promise<Trace> {
  const open = new Set<TraceDatabase>();
  const closeAll = async (): Promise<void> => {
    await Promise.all([...open].map((database) => database.close()));
  };
  const interrupted = (): void => {
    process.stderr.write('Interrupted: dropping what was made for the trace.\n');
    void closeAll().finally(() => process.exit(130));
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, interrupted);
  try {
    return await trace(async (extensions) => {
      const announce = (text: string): void => void process.stderr.write(`${text}\n`);
      const database = url === undefined ? await connectPglite(extensions) : await connectServer(url, { announce });
      open.add(database);
      return { ...database, close: () => (open.delete(database) ? database.close() : Promise.resolve()) };
    });
  } catch (error) {
    throw forPeople(error);
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
  }
}

/** What the user can mend is told in a sentence, without the URL: it may hold a password. */
export function forPeople(error: unknown): unknown {
  if (error instanceof MissingPackageError || error instanceof ServerAccessError) return new UsageError(error.message);
  const code = (error as { code?: unknown } | null)?.code;
  const isConnection = typeof code === 'string' && /^(?:ECONN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EAI_|28|3D000|ERR_INVALID_URL|08|53300)/.test(code);
  return isConnection && error instanceof Error ? new UsageError(`--database-url: ${error.message || code}`) : error;
}
