-- AlterDomain
ALTER DOMAIN "PostalCode" ADD CONSTRAINT "PostalCode_check" CHECK (length(VALUE) BETWEEN 3 AND 10);
