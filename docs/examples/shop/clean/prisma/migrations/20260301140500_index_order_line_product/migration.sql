CREATE INDEX CONCURRENTLY "OrderLine_productId_idx" ON "OrderLine"("productId");
