-- Reads all rows under a lock that lets others read and write.
ALTER TABLE "OrderLine" VALIDATE CONSTRAINT "OrderLine_quantity_check";
