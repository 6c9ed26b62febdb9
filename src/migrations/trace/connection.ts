/** One session with a PostgreSQL server, or with PGlite. Statements run one after another. */
export interface Connection {
  /** Rows of one statement, by column name. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Runs SQL as one simple query; several statements are one implicit transaction, as everywhere in PostgreSQL. */
  exec(sql: string): Promise<void>;
}

/** What the server said against a statement. */
export interface ServerError {
  readonly sqlstate: string;
  readonly message: string;
}

/** The server's answer in an exception of `pg` or PGlite. Whatever is no answer of a server is thrown on: a lost connection ends the run. */
export function serverErrorOf(error: unknown): ServerError {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !/^(?=.*\d)[0-9A-Z]{5}$/.test(code) || !(error instanceof Error)) throw error;
  return { sqlstate: code, message: error.message };
}
