CREATE TABLE `sys_environment_options` (
	`environment_id` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`value` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text NOT NULL,
	PRIMARY KEY(`environment_id`, `name`),
	FOREIGN KEY (`environment_id`) REFERENCES `sys_environment`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "environment_options_version" CHECK("sys_environment_options"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE `sys_environment_options_version` (
	`environment_id` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`restored_from` integer,
	`value` text NOT NULL,
	`changes` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text NOT NULL,
	PRIMARY KEY(`environment_id`, `name`, `version`),
	FOREIGN KEY (`environment_id`) REFERENCES `sys_environment`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "environment_options_version_kind" CHECK("sys_environment_options_version"."kind" in ('set', 'restore', 'clear'))
);
--> statement-breakpoint
CREATE TABLE `sys_options_definition` (
	`name` text PRIMARY KEY NOT NULL,
	`service_id` text NOT NULL,
	`service_name` text NOT NULL,
	`schema` text,
	`defaults` text NOT NULL,
	`published_at` integer NOT NULL,
	FOREIGN KEY (`service_id`) REFERENCES `sys_service`(`id`) ON UPDATE no action ON DELETE restrict
);
