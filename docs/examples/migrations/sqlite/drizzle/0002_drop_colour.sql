ALTER TABLE `folders` DROP COLUMN `colour`;
