CREATE TABLE `sys_migration` (
	`id` text PRIMARY KEY NOT NULL,
	`package` text NOT NULL,
	`version` text NOT NULL,
	`file` text NOT NULL,
	`checksum` text NOT NULL,
	`applied_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `migration_file` ON `sys_migration` (`package`,`file`);--> statement-breakpoint
CREATE TABLE `sys_package_installation` (
	`id` text PRIMARY KEY NOT NULL,
	`package` text NOT NULL,
	`version` text NOT NULL,
	`checksum` text NOT NULL,
	`status` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`settings` text DEFAULT '{}' NOT NULL,
	`with_sample_data` integer DEFAULT false NOT NULL,
	`error_message` text,
	`installed_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "package_installation_status" CHECK("sys_package_installation"."status" in ('installed', 'installing', 'upgrading', 'disabled', 'error'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `package_installation_package` ON `sys_package_installation` (`package`);--> statement-breakpoint
CREATE TABLE `sys_stamp` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "stamp_single" CHECK("sys_stamp"."id" = 1),
	CONSTRAINT "stamp_tenant" CHECK(length("sys_stamp"."tenant_id") = 36)
);
