-- AlterTable
ALTER TABLE "User" ADD COLUMN "apiKey" TEXT NOT NULL DEFAULT gen_random_uuid()::text;
