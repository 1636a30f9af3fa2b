CREATE TABLE `sys_audit_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`chain` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`actor_label` text NOT NULL,
	`action` text NOT NULL,
	`environment_id` text,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`subject_label` text NOT NULL,
	`detail` text NOT NULL,
	`request_id` text NOT NULL,
	`door` text NOT NULL,
	`ip` text,
	`key_id` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entry_chain` ON `sys_audit_entry` (`chain`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entry_environment` ON `sys_audit_entry` (`environment_id`,`seq`);--> statement-breakpoint
CREATE TABLE `sys_environment` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`env_type` text NOT NULL,
	`region` text NOT NULL,
	`is_default` integer DEFAULT false NOT NULL,
	`is_protected` integer DEFAULT false NOT NULL,
	`status` text NOT NULL,
	`status_reason` text DEFAULT '' NOT NULL,
	`hostname` text NOT NULL,
	`dlp_policy_id` text,
	`created_by` text,
	`metadata` text DEFAULT '{}' NOT NULL,
	`epoch` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "environment_slug" CHECK(length("sys_environment"."slug") between 1 and 63 and "sys_environment"."slug" glob '[a-z0-9]*' and "sys_environment"."slug" not glob '*[^a-z0-9-]*'),
	CONSTRAINT "environment_type" CHECK("sys_environment"."env_type" in ('production', 'staging', 'test', 'development', 'sandbox', 'preview', 'trial')),
	CONSTRAINT "environment_status" CHECK("sys_environment"."status" in ('provisioning', 'active', 'suspended', 'archived', 'failed', 'moving', 'deleting')),
	CONSTRAINT "environment_name" CHECK(length("sys_environment"."name") between 1 and 255)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sys_environment_hostname_unique` ON `sys_environment` (`hostname`);--> statement-breakpoint
CREATE UNIQUE INDEX `environment_organization_slug` ON `sys_environment` (`organization_id`,`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `environment_one_default` ON `sys_environment` (`organization_id`) WHERE is_default = 1;--> statement-breakpoint
CREATE UNIQUE INDEX `environment_id_organization` ON `sys_environment` (`id`,`organization_id`);--> statement-breakpoint
CREATE INDEX `environment_name_order` ON `sys_environment` (`organization_id`,lower("name"),`id`,`slug`);--> statement-breakpoint
CREATE INDEX `environment_created_order` ON `sys_environment` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `environment_status_order` ON `sys_environment` (`organization_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `environment_type_order` ON `sys_environment` (`organization_id`,`env_type`,`id`);--> statement-breakpoint
CREATE TABLE `sys_environment_database` (
	`id` text PRIMARY KEY NOT NULL,
	`environment_id` text NOT NULL,
	`database_name` text NOT NULL,
	`database_url` text,
	`isolation` text NOT NULL,
	`driver` text NOT NULL,
	`region` text NOT NULL,
	`storage_limit_mb` integer NOT NULL,
	`storage_used_bytes` integer DEFAULT 0 NOT NULL,
	`last_accessed_at` integer,
	`provisioned_at` integer,
	`metadata` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`environment_id`) REFERENCES `sys_environment`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "environment_database_isolation" CHECK("sys_environment_database"."isolation" in ('dedicated', 'shared')),
	CONSTRAINT "environment_database_driver" CHECK("sys_environment_database"."driver" in ('sqlite')),
	CONSTRAINT "environment_database_limit" CHECK("sys_environment_database"."storage_limit_mb" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sys_environment_database_environment_id_unique` ON `sys_environment_database` (`environment_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sys_environment_database_database_name_unique` ON `sys_environment_database` (`database_name`);--> statement-breakpoint
CREATE TABLE `sys_environment_member` (
	`id` text PRIMARY KEY NOT NULL,
	`environment_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`environment_id`,`organization_id`) REFERENCES `sys_environment`(`id`,`organization_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`,`user_id`) REFERENCES `member`(`organization_id`,`user_id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "environment_member_role" CHECK("sys_environment_member"."role" in ('env_admin', 'env_maker', 'env_user', 'env_viewer'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `environment_member_user` ON `sys_environment_member` (`environment_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `environment_member_by_user` ON `sys_environment_member` (`user_id`,`environment_id`);--> statement-breakpoint
CREATE TABLE `sys_environment_visit` (
	`user_id` text NOT NULL,
	`environment_id` text NOT NULL,
	`visited_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `environment_id`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`environment_id`) REFERENCES `sys_environment`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `environment_visit_recent` ON `sys_environment_visit` (`user_id`,`visited_at`);--> statement-breakpoint
CREATE TABLE `sys_idempotency_key` (
	`actor_id` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`response` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`actor_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_key_created` ON `sys_idempotency_key` (`created_at`);--> statement-breakpoint
CREATE TABLE `sys_operation` (
	`id` text PRIMARY KEY NOT NULL,
	`saga` text NOT NULL,
	`status` text NOT NULL,
	`organization_id` text,
	`environment_id` text,
	`subject` text NOT NULL,
	`input` text NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`actor_label` text NOT NULL,
	`request_id` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`lease_owner` text,
	`lease_expires_at` integer,
	`fence` integer DEFAULT 0 NOT NULL,
	`run_after` integer NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	CONSTRAINT "operation_status" CHECK("sys_operation"."status" in ('queued', 'running', 'undoing', 'succeeded', 'failed'))
);
--> statement-breakpoint
CREATE INDEX `operation_due` ON `sys_operation` (`run_after`) WHERE status in ('queued', 'running', 'undoing');--> statement-breakpoint
CREATE UNIQUE INDEX `operation_one_per_environment` ON `sys_operation` (`environment_id`) WHERE status in ('queued', 'running', 'undoing') and environment_id is not null;--> statement-breakpoint
CREATE INDEX `operation_environment` ON `sys_operation` (`environment_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `operation_organization` ON `sys_operation` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `operation_created` ON `sys_operation` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `operation_status_order` ON `sys_operation` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `sys_operation_step` (
	`operation_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`result` text,
	`detail` text,
	`error` text,
	`started_at` integer,
	`finished_at` integer,
	PRIMARY KEY(`operation_id`, `position`),
	FOREIGN KEY (`operation_id`) REFERENCES `sys_operation`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "operation_step_status" CHECK("sys_operation_step"."status" in ('pending', 'running', 'succeeded', 'failed', 'undone'))
);
--> statement-breakpoint
CREATE TABLE `invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`status` text NOT NULL,
	`delivery` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`inviter_id` text NOT NULL,
	`accepted_by` text,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`inviter_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`accepted_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "invitation_role" CHECK("invitation"."role" in ('owner', 'admin', 'member')),
	CONSTRAINT "invitation_status" CHECK("invitation"."status" in ('pending', 'accepted', 'revoked')),
	CONSTRAINT "invitation_delivery" CHECK("invitation"."delivery" in ('mail', 'link')),
	CONSTRAINT "invitation_email_lower" CHECK("invitation"."email" = lower("invitation"."email"))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_pending` ON `invitation` (`organization_id`,`email`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `invitation_organization` ON `invitation` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `member` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "member_role" CHECK("member"."role" in ('owner', 'admin', 'member'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `member_organization_user` ON `member` (`organization_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `member_user` ON `member` (`user_id`,`organization_id`);--> statement-breakpoint
CREATE TABLE `organization` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`logo` text,
	`metadata` text,
	`tier` text DEFAULT 'standard' NOT NULL,
	`region` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "organization_tier" CHECK("organization"."tier" in ('standard', 'premium', 'enterprise')),
	CONSTRAINT "organization_slug" CHECK(length("organization"."slug") between 1 and 63 and "organization"."slug" glob '[a-z0-9]*' and "organization"."slug" not glob '*[^a-z0-9-]*')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organization_slug_unique` ON `organization` (`slug`);--> statement-breakpoint
CREATE INDEX `organization_name` ON `organization` (lower("name"),`id`,`slug`);--> statement-breakpoint
CREATE INDEX `organization_created` ON `organization` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `account_user` ON `account` (`user_id`);--> statement-breakpoint
CREATE TABLE `api_key` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`start` text NOT NULL,
	`key_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_key_hash` ON `api_key` (`key_hash`);--> statement-breakpoint
CREATE INDEX `api_key_user` ON `api_key` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL,
	`token` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`user_id` text NOT NULL,
	`active_organization_id` text,
	`impersonated_by` text,
	`active_environment_id` text,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `session_token_unique` ON `session` (`token`);--> statement-breakpoint
CREATE INDEX `session_user` ON `session` (`user_id`);--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`role` text DEFAULT 'user' NOT NULL,
	`banned` integer DEFAULT false NOT NULL,
	`ban_reason` text,
	`ban_expires` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "user_role" CHECK("user"."role" in ('user', 'operator')),
	CONSTRAINT "user_email_lower" CHECK("user"."email" = lower("user"."email"))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_email_unique` ON `user` (`email`);--> statement-breakpoint
CREATE TABLE `verification` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verification_identifier` ON `verification` (`identifier`);--> statement-breakpoint
CREATE TABLE `sys_setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL
);
