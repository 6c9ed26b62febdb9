BEGIN;

-- AlterTable
ALTER TABLE "Order" ADD COLUMN "note" TEXT;
ALTER TABLE "Product" ADD COLUMN "note" TEXT;
