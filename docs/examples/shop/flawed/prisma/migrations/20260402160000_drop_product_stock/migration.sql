-- AlterTable
ALTER TABLE "Product" DROP COLUMN "stock";
