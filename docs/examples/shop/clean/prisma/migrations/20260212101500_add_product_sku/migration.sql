-- Expand: nullable, so that the running version can go on inserting products.
ALTER TABLE "Product" ADD COLUMN "sku" TEXT;
