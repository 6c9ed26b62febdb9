-- AlterTable
ALTER TABLE "User" ADD CONSTRAINT "User_apiKey_key" UNIQUE ("apiKey");
