-- New rows are checked from now on; those that are there, in the next migration.
SET lock_timeout = '5s';

ALTER TABLE "OrderLine" ADD CONSTRAINT "OrderLine_quantity_check" CHECK ("quantity" > 0) NOT VALID;
