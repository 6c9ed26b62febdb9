-- Expand: nullable, so that the running version can go on inserting products.
SET lock_timeout = '5s';

ALTER TABLE "Product" ADD COLUMN "sku" TEXT;
