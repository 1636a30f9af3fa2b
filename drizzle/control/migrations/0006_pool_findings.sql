ALTER TABLE `sys_environment_database` ADD `is_over_limit` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `sys_finding` ADD `pool_id` text;