-- AlterTable
ALTER TABLE "Order" ADD COLUM "discountCents" INTEGER;
