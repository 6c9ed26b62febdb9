-- AlterEnum
ALTER TYPE "OrderStatus" ADD VALUE 'DRAFT';

-- AlterTable
ALTER TABLE "Order" ALTER COLUMN "status" SET DEFAULT 'DRAFT';
