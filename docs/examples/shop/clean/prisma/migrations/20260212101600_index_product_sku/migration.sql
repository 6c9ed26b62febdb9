-- Alone in its migration: CONCURRENTLY cannot run in a transaction.
CREATE UNIQUE INDEX CONCURRENTLY "Product_sku_key" ON "Product"("sku");
