CREATE TABLE `sys_finding` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`driver` text NOT NULL,
	`database_name` text NOT NULL,
	`environment_id` text,
	`organization_id` text,
	`subject` text NOT NULL,
	`problem` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`seen_at` integer NOT NULL,
	CONSTRAINT "finding_kind" CHECK("sys_finding"."kind" in ('orphan', 'missing', 'damaged', 'leftover'))
);
--> statement-breakpoint
CREATE INDEX `finding_kind_order` ON `sys_finding` (`kind`,`database_name`);