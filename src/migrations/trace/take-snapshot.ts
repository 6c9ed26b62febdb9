import type { TableSize, TableSnapshot } from '../table-sizes.ts';
import type { Connection } from './connection.ts';

const TABLES = `
  select n.nspname || '.' || c.relname as name, sum(greatest(p.reltuples, 0))::float8 as rows, bool_and(p.reltuples >= 0) as counted,
    sum(pg_catalog.pg_table_size(p.oid))::float8 as bytes
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join lateral (
    select l.oid, l.reltuples from pg_catalog.pg_class l
    where case when c.relkind = 'p' then l.oid in (select t.relid from pg_catalog.pg_partition_tree(c.oid) t where t.isleaf) else l.oid = c.oid end
  ) p on true
  where c.relkind in ('r', 'p', 'm') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
  group by 1`;

const INDEXES = `
  select n.nspname || '.' || c.relname as name, i.relname as index, pg_catalog.pg_relation_size(i.oid)::float8 as bytes
  from pg_catalog.pg_index x
  join pg_catalog.pg_class c on c.oid = x.indrelid
  join pg_catalog.pg_class i on i.oid = x.indexrelid and i.relkind = 'i'
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'`;

/** The sizes of all tables, read from the catalogues in one read-only transaction that waits for no lock longer than two seconds. */
export async function takeSnapshot(connection: Connection): Promise<TableSnapshot> {
  await connection.exec("begin transaction isolation level repeatable read, read only; set local lock_timeout = '2s'; set local statement_timeout = '60s'");
  try {
    const [row] = await connection.query("select split_part(pg_catalog.current_setting('server_version'), ' ', 1) as version");
    const indexes = await readIndexes(connection);
    const tables: Record<string, TableSize> = {};
    for (const { name, rows, counted, bytes } of await connection.query(TABLES)) {
      const count = counted === true ? { rows: roughly(Number(rows)) } : {};
      tables[String(name)] = { ...count, bytes: roughly(Number(bytes)), indexes: indexes.get(String(name)) ?? {} };
    }
    return { server: String(row?.['version']), tables };
  } finally {
    await connection.exec('rollback');
  }
}

async function readIndexes(connection: Connection): Promise<Map<string, Record<string, number>>> {
  const indexes = new Map<string, Record<string, number>>();
  const rows = [...(await connection.query(INDEXES))].sort((a, b) => (String(a['index']) < String(b['index']) ? -1 : 1));
  for (const { name, index, bytes } of rows) {
    const table = String(name);
    indexes.set(table, { ...indexes.get(table), [String(index)]: roughly(Number(bytes)) });
  }
  return indexes;
}

/** Two significant digits: a table that grows a little does not change the file. */
function roughly(value: number): number {
  return Number(value.toPrecision(2));
}
