-- AlterTable
ALTER TABLE "User" ADD COLUMN "referral_code" TEXT;
