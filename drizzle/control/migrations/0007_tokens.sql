CREATE TABLE `sys_context_key` (
	`kid` text PRIMARY KEY NOT NULL,
	`service_id` text NOT NULL,
	`x` text NOT NULL,
	`created_at` integer NOT NULL,
	`signs_until` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`service_id`) REFERENCES `sys_service`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `context_key_service` ON `sys_context_key` (`service_id`,`expires_at`);--> statement-breakpoint
CREATE INDEX `context_key_expires` ON `sys_context_key` (`expires_at`);--> statement-breakpoint
CREATE TABLE `signing_key` (
	`id` text PRIMARY KEY NOT NULL,
	`alg` text NOT NULL,
	`crv` text NOT NULL,
	`public_key` text NOT NULL,
	`private_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sys_violation` (
	`service_id` text NOT NULL,
	`minute` integer NOT NULL,
	`organization_id` text NOT NULL,
	`environment_id` text NOT NULL,
	`code` text NOT NULL,
	`sources` text NOT NULL,
	`count` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`explanation` text NOT NULL,
	`request_id` text NOT NULL,
	PRIMARY KEY(`service_id`, `minute`, `organization_id`, `environment_id`, `code`, `sources`)
);
--> statement-breakpoint
CREATE INDEX `violation_minute` ON `sys_violation` (`minute`);