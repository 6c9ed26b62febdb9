-- +goose Up
SET LOCAL lock_timeout = '5s';
ALTER TABLE invoices ADD COLUMN paid_at timestamptz;
