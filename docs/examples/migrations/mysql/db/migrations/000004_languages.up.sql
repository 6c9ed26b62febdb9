ALTER TABLE readers ADD COLUMN language CHAR(2), ADD INDEX readers_email (email), ALGORITHM=INSTANT;
