ALTER TABLE `notes` ADD `created_at` integer DEFAULT (unixepoch()) NOT NULL;
