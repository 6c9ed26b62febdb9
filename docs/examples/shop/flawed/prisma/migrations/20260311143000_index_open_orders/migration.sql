-- CreateIndex
CREATE INDEX CONCURRENTLY IF NOT EXISTS "Order_createdAt_status_of_orders_that_have_not_been_cancelled_yet_idx" ON "Order"("createdAt", "status");
