-- +goose Up
CREATE TABLE invoices (
    id serial PRIMARY KEY,
    number text NOT NULL,
    issued_at timestamp NOT NULL
);

-- +goose Down
DROP TABLE invoices;
