export interface LockCase {
  readonly id: string;
  readonly sql: string;
  /** Runs and commits before, over the base schema. */
  readonly setup?: string;
  /** Refuses to run in a transaction. Its locks show only where `WATCHED` or `WATCHED_END` can tell of them; its scans never do. */
  readonly outside?: true;
  /** First major version that has it. */
  readonly since?: number;
}

/**
 * Creates a function for an index expression that tells which locks its session holds when the index is built.
 * It speaks for the rows 1 and 400, which are in different partitions of `events`.
 */
export const WATCHED = `CREATE FUNCTION watched(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
  IF $1 IN (1, 400) THEN RAISE NOTICE 'locks %', (SELECT string_agg(relation || ' ' || mode, ', ')
    FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid() AND granted); END IF; RETURN $1; END $$`;

/** The same at the end of a schema change, while its last transaction is still open. */
export const WATCHED_END = `CREATE FUNCTION watched_end() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE NOTICE 'locks %', (SELECT string_agg(relation || ' ' || mode, ', ')
    FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid() AND granted); END $$;
  CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION watched_end()`;
