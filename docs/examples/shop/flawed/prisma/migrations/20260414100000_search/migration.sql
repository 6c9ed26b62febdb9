-- AlterTable
ALTER TABLE "Product" ADD COLUMN "searchText" TEXT;

COMMIT;

-- CreateIndex
CREATE INDEX CONCURRENTLY "Product_searchText_idx" ON "Product"("searchText");
