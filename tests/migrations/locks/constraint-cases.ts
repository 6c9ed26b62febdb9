import type { LockCase } from './lock-case.ts';

const NOT_VALID_CHECK = 'ALTER TABLE orders ADD CONSTRAINT weight_check CHECK (weight > 0) NOT VALID';
const NOT_VALID_KEY = 'ALTER TABLE notes ADD CONSTRAINT notes_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID';
const KEY = NOT_VALID_KEY.replace(' NOT VALID', '');
const EVENTS_KEY = 'ALTER TABLE events ADD CONSTRAINT events_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id)';

/** ALTER TABLE … CONSTRAINT. */
export const CONSTRAINT_CASES: readonly LockCase[] = [
  { id: 'add-check', sql: 'ALTER TABLE orders ADD CONSTRAINT weight_check CHECK (weight > 0)' },
  { id: 'add-check-not-valid', sql: NOT_VALID_CHECK },
  { id: 'add-unnamed-check', sql: 'ALTER TABLE orders ADD CHECK (weight > 0)' },
  { id: 'validate-check', sql: 'ALTER TABLE orders VALIDATE CONSTRAINT weight_check', setup: NOT_VALID_CHECK },
  { id: 'validate-valid-check', sql: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check' },
  { id: 'drop-check', sql: 'ALTER TABLE orders DROP CONSTRAINT orders_total_check' },
  { id: 'drop-constraint-if-exists-missing', sql: 'ALTER TABLE orders DROP CONSTRAINT IF EXISTS missing' },
  { id: 'add-check-to-partitioned', sql: 'ALTER TABLE events ADD CONSTRAINT positive CHECK (id > 0)' },
  { id: 'add-check-not-valid-to-partitioned', sql: 'ALTER TABLE events ADD CONSTRAINT positive CHECK (id > 0) NOT VALID' },
  {
    id: 'validate-check-of-partitioned',
    sql: 'ALTER TABLE events VALIDATE CONSTRAINT positive',
    setup: 'ALTER TABLE events ADD CONSTRAINT positive CHECK (id > 0) NOT VALID',
  },
  { id: 'add-check-to-parent', sql: 'ALTER TABLE documents ADD CONSTRAINT positive CHECK (id > 0)' },
  { id: 'add-check-no-inherit', sql: 'ALTER TABLE documents ADD CONSTRAINT positive CHECK (id > 0) NO INHERIT' },

  { id: 'add-foreign-key', sql: KEY },
  { id: 'add-foreign-key-not-valid', sql: NOT_VALID_KEY },
  { id: 'add-foreign-key-cascade', sql: `${KEY} ON DELETE CASCADE ON UPDATE CASCADE` },
  { id: 'add-foreign-key-self', sql: 'ALTER TABLE customers ADD CONSTRAINT referrer FOREIGN KEY (id) REFERENCES customers (id)' },
  { id: 'validate-foreign-key', sql: 'ALTER TABLE notes VALIDATE CONSTRAINT notes_order_id_fkey', setup: NOT_VALID_KEY },
  { id: 'drop-foreign-key', sql: 'ALTER TABLE order_items DROP CONSTRAINT order_items_order_id_fkey' },
  { id: 'alter-foreign-key', sql: 'ALTER TABLE order_items ALTER CONSTRAINT order_items_order_id_fkey DEFERRABLE INITIALLY DEFERRED' },
  { id: 'add-foreign-key-to-partitioned', sql: EVENTS_KEY },
  { id: 'drop-foreign-key-of-partitioned', sql: 'ALTER TABLE events DROP CONSTRAINT events_customer_id_fkey', setup: EVENTS_KEY },
  { id: 'add-foreign-key-not-valid-to-partitioned', sql: `${EVENTS_KEY} NOT VALID`, since: 18 },
  {
    id: 'add-foreign-key-to-partitioned-parent',
    sql: 'ALTER TABLE notes ADD CONSTRAINT notes_event_fkey FOREIGN KEY (author, body) REFERENCES ledger (id, book)',
    setup: `CREATE TABLE ledger (id integer, book text, PRIMARY KEY (id, book)) PARTITION BY LIST (book);
      CREATE TABLE ledger_a PARTITION OF ledger FOR VALUES IN ('a');
      INSERT INTO ledger SELECT i, 'a' FROM generate_series(1, 1000) i;
      UPDATE notes SET body = 'a';
      VACUUM ANALYZE`,
  },
  { id: 'add-two-foreign-keys', sql: `${KEY}, ADD CONSTRAINT notes_author_fkey FOREIGN KEY (author) REFERENCES customers (id)` },

  { id: 'add-unique', sql: 'ALTER TABLE orders ADD CONSTRAINT orders_invoice_number_key UNIQUE (invoice_number)' },
  { id: 'add-unique-two-columns', sql: 'ALTER TABLE orders ADD UNIQUE (customer_id, invoice_number)' },
  {
    id: 'add-unique-using-index',
    sql: 'ALTER TABLE orders ADD CONSTRAINT orders_invoice_number_key UNIQUE USING INDEX orders_invoice_number_key',
    setup: 'CREATE UNIQUE INDEX orders_invoice_number_key ON orders (invoice_number)',
  },
  { id: 'add-primary-key', sql: 'ALTER TABLE notes ADD PRIMARY KEY (id)' },
  { id: 'add-primary-key-nullable-column', sql: 'ALTER TABLE notes ADD PRIMARY KEY (author)' },
  { id: 'add-primary-key-using-index', sql: 'ALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY USING INDEX notes_id_idx' },
  {
    id: 'add-primary-key-using-index-nullable',
    sql: 'ALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY USING INDEX notes_author_idx',
    setup: 'CREATE UNIQUE INDEX notes_author_idx ON notes (author)',
  },
  {
    id: 'add-primary-key-using-index-checked',
    sql: 'ALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY USING INDEX notes_author_idx',
    setup: 'CREATE UNIQUE INDEX notes_author_idx ON notes (author); ALTER TABLE notes ADD CHECK (author IS NOT NULL)',
  },
  { id: 'add-primary-key-to-partitioned', sql: 'ALTER TABLE events ADD PRIMARY KEY (id, happened_on)' },
  { id: 'add-unique-to-partitioned', sql: 'ALTER TABLE events ADD UNIQUE (id, happened_on)' },
  { id: 'drop-unique', sql: 'ALTER TABLE customers DROP CONSTRAINT customers_email_key' },
  { id: 'drop-primary-key', sql: 'ALTER TABLE order_items DROP CONSTRAINT order_items_pkey' },
  { id: 'drop-referenced-primary-key', sql: 'ALTER TABLE orders DROP CONSTRAINT orders_pkey' },
  { id: 'drop-primary-key-cascade', sql: 'ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE' },
  { id: 'swap-primary-key', sql: 'ALTER TABLE order_items DROP CONSTRAINT order_items_pkey, ADD PRIMARY KEY (order_id)' },
  { id: 'add-exclude', sql: 'ALTER TABLE notes ADD CONSTRAINT no_overlap EXCLUDE USING gist (span WITH &&)' },
  { id: 'add-exclude-equal', sql: 'ALTER TABLE notes ADD CONSTRAINT one_each EXCLUDE (author WITH =)' },
  { id: 'drop-exclude', sql: 'ALTER TABLE notes DROP CONSTRAINT one_each', setup: 'ALTER TABLE notes ADD CONSTRAINT one_each EXCLUDE (author WITH =)' },
  { id: 'rename-constraint', sql: 'ALTER TABLE orders RENAME CONSTRAINT orders_total_check TO total_not_negative' },
  { id: 'rename-primary-key', sql: 'ALTER TABLE order_items RENAME CONSTRAINT order_items_pkey TO order_items_key' },
  { id: 'rename-foreign-key', sql: 'ALTER TABLE order_items RENAME CONSTRAINT order_items_order_id_fkey TO belongs_to_order' },
];
