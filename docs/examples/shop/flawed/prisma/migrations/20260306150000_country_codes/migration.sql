-- AlterTable
ALTER TABLE "Address" ADD COLUMN "countryCode" TEXT;

UPDATE "Address" SET "countryCode" = lower("country");

ALTER TABLE "Address" DROP COLUMN "country";
