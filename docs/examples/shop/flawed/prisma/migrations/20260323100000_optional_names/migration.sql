-- AlterTable
ALTER TABLE "User" ALTER COLUMN "displayName" DROP NOT NULL;
