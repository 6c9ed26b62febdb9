-- +goose NO TRANSACTION
-- +goose Up
SET lock_timeout = '5s';
ALTER TABLE invoices ADD COLUMN due_on date;
SET lock_timeout = 0;
CREATE INDEX CONCURRENTLY invoices_due_on_idx ON invoices (due_on);
