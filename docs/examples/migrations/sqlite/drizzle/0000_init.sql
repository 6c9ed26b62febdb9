CREATE TABLE `folders` (`id` integer PRIMARY KEY NOT NULL, `name` text, `colour` text);
--> statement-breakpoint
CREATE INDEX `folders_colour_idx` ON `folders` (`colour`);
--> statement-breakpoint
CREATE TABLE `notes` (`id` integer PRIMARY KEY NOT NULL, `folder_id` integer REFERENCES `folders`(`id`) ON DELETE cascade, `text` text NOT NULL);
