CREATE TABLE `sys_cluster` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`driver` text NOT NULL,
	`region` text NOT NULL,
	`state` text NOT NULL,
	`state_reason` text DEFAULT '' NOT NULL,
	`capacity` integer,
	`database_count` integer DEFAULT 0 NOT NULL,
	`labels` text DEFAULT '{}' NOT NULL,
	`address` text DEFAULT '{}' NOT NULL,
	`is_built_in` integer DEFAULT false NOT NULL,
	`token_cipher` text,
	`wrapped_key` text,
	`kms_key_id` text,
	`kek_version` text,
	`alg` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "cluster_driver" CHECK("sys_cluster"."driver" in ('sqlite', 'postgres', 'turso')),
	CONSTRAINT "cluster_state" CHECK("sys_cluster"."state" in ('active', 'draining', 'offline')),
	CONSTRAINT "cluster_capacity" CHECK("sys_cluster"."capacity" is null or "sys_cluster"."capacity" >= 0),
	CONSTRAINT "cluster_slug" CHECK(length("sys_cluster"."slug") between 1 and 63 and "sys_cluster"."slug" glob '[a-z0-9]*' and "sys_cluster"."slug" not glob '*[^a-z0-9-]*')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sys_cluster_slug_unique` ON `sys_cluster` (`slug`);--> statement-breakpoint
CREATE TABLE `sys_placement_rule` (
	`id` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`tier` text,
	`env_type` text,
	`region` text,
	`fenced` integer,
	`cluster_id` text,
	`driver` text,
	`is_enabled` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`cluster_id`) REFERENCES `sys_cluster`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "placement_rule_target" CHECK(("sys_placement_rule"."cluster_id" is null) <> ("sys_placement_rule"."driver" is null)),
	CONSTRAINT "placement_rule_tier" CHECK("sys_placement_rule"."tier" is null or "sys_placement_rule"."tier" in ('standard', 'premium', 'enterprise')),
	CONSTRAINT "placement_rule_driver" CHECK("sys_placement_rule"."driver" is null or "sys_placement_rule"."driver" in ('sqlite', 'postgres', 'turso'))
);
--> statement-breakpoint
CREATE INDEX `placement_rule_order` ON `sys_placement_rule` (`position`,`id`);--> statement-breakpoint
CREATE TABLE `sys_database_credential` (
	`id` text PRIMARY KEY NOT NULL,
	`series_id` text NOT NULL,
	`generation` integer NOT NULL,
	`database_id` text NOT NULL,
	`environment_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`audience` text NOT NULL,
	`name` text NOT NULL,
	`scope` text NOT NULL,
	`status` text NOT NULL,
	`token_hash` text,
	`token_cipher` text,
	`wrapped_key` text,
	`kms_key_id` text,
	`kek_version` text,
	`alg` text,
	`issued_at` integer NOT NULL,
	`activated_at` integer,
	`expires_at` integer,
	`revoke_after` integer,
	`revoked_at` integer,
	`revoke_reason` text DEFAULT '' NOT NULL,
	`rotated_from` text,
	`rotate_every_days` integer,
	`last_used_at` integer,
	`created_by` text NOT NULL,
	FOREIGN KEY (`database_id`) REFERENCES `sys_environment_database`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "database_credential_audience" CHECK("sys_database_credential"."audience" in ('services', 'direct')),
	CONSTRAINT "database_credential_scope" CHECK("sys_database_credential"."scope" in ('readonly', 'readwrite', 'admin')),
	CONSTRAINT "database_credential_status" CHECK("sys_database_credential"."status" in ('pending', 'active', 'rotating', 'revoked')),
	CONSTRAINT "database_credential_rotation" CHECK("sys_database_credential"."rotate_every_days" is null or "sys_database_credential"."rotate_every_days" between 1 and 730)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `database_credential_hash` ON `sys_database_credential` (`token_hash`) WHERE token_hash is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `database_credential_active` ON `sys_database_credential` (`series_id`) WHERE status = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX `database_credential_pending` ON `sys_database_credential` (`series_id`) WHERE status = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX `database_credential_services` ON `sys_database_credential` (`database_id`,`scope`) WHERE status = 'active' and audience = 'services';--> statement-breakpoint
CREATE INDEX `database_credential_environment` ON `sys_database_credential` (`environment_id`,`issued_at`,`id`);--> statement-breakpoint
CREATE INDEX `database_credential_ending` ON `sys_database_credential` (`revoke_after`) WHERE status = 'rotating';--> statement-breakpoint
CREATE INDEX `database_credential_expiring` ON `sys_database_credential` (`expires_at`) WHERE status = 'active' and expires_at is not null;--> statement-breakpoint
CREATE INDEX `database_credential_scheduled` ON `sys_database_credential` (`activated_at`) WHERE status = 'active' and rotate_every_days is not null;--> statement-breakpoint
CREATE INDEX `database_credential_key` ON `sys_database_credential` (`kek_version`,`id`);--> statement-breakpoint
CREATE TABLE `sys_service` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`start` text NOT NULL,
	`key_hash` text NOT NULL,
	`credential_scope` text NOT NULL,
	`scopes` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	CONSTRAINT "service_credential_scope" CHECK("sys_service"."credential_scope" in ('readonly', 'readwrite', 'admin'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_key_hash` ON `sys_service` (`key_hash`);--> statement-breakpoint
CREATE INDEX `service_created` ON `sys_service` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `sys_tenant_change` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`environment_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `__new_sys_environment` (
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
	`purge_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "environment_purge" CHECK(("__new_sys_environment"."purge_at" is not null) = ("__new_sys_environment"."status" = 'deleted')),
	CONSTRAINT "environment_slug" CHECK(length("__new_sys_environment"."slug") between 1 and 63 and "__new_sys_environment"."slug" glob '[a-z0-9]*' and "__new_sys_environment"."slug" not glob '*[^a-z0-9-]*'),
	CONSTRAINT "environment_type" CHECK("__new_sys_environment"."env_type" in ('production', 'staging', 'test', 'development', 'sandbox', 'preview', 'trial')),
	CONSTRAINT "environment_status" CHECK("__new_sys_environment"."status" in ('provisioning', 'active', 'suspended', 'archived', 'failed', 'moving', 'deleted', 'deleting')),
	CONSTRAINT "environment_name" CHECK(length("__new_sys_environment"."name") between 1 and 255)
);
--> statement-breakpoint
INSERT INTO `__new_sys_environment`("id", "organization_id", "slug", "name", "description", "env_type", "region", "is_default", "is_protected", "status", "status_reason", "hostname", "dlp_policy_id", "created_by", "metadata", "epoch", "purge_at", "created_at", "updated_at") SELECT "id", "organization_id", "slug", "name", "description", "env_type", "region", "is_default", "is_protected", "status", "status_reason", "hostname", "dlp_policy_id", "created_by", "metadata", "epoch", NULL, "created_at", "updated_at" FROM `sys_environment`;--> statement-breakpoint
DROP TABLE `sys_environment`;--> statement-breakpoint
ALTER TABLE `__new_sys_environment` RENAME TO `sys_environment`;--> statement-breakpoint
CREATE UNIQUE INDEX `sys_environment_hostname_unique` ON `sys_environment` (`hostname`);--> statement-breakpoint
CREATE INDEX `environment_due_for_purge` ON `sys_environment` (`purge_at`) WHERE status = 'deleted';--> statement-breakpoint
CREATE UNIQUE INDEX `environment_organization_slug` ON `sys_environment` (`organization_id`,`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `environment_one_default` ON `sys_environment` (`organization_id`) WHERE is_default = 1;--> statement-breakpoint
CREATE UNIQUE INDEX `environment_id_organization` ON `sys_environment` (`id`,`organization_id`);--> statement-breakpoint
CREATE INDEX `environment_name_order` ON `sys_environment` (`organization_id`,lower("name"),`id`,`slug`);--> statement-breakpoint
CREATE INDEX `environment_created_order` ON `sys_environment` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `environment_status_order` ON `sys_environment` (`organization_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `environment_type_order` ON `sys_environment` (`organization_id`,`env_type`,`id`);--> statement-breakpoint
-- What every installation comes with: the data directory, and a Postgres.
INSERT INTO sys_cluster (id, slug, name, driver, region, state, is_built_in, created_at, updated_at)
SELECT column1, column2, column3, column4, 'us-east', 'active', 1, cast(unixepoch('subsec') * 1000 as integer), cast(unixepoch('subsec') * 1000 as integer)
FROM (VALUES
  ('00000000-0000-4000-8000-00000000f11e', 'files', 'Files', 'sqlite'),
  ('00000000-0000-4000-8000-00000000d0b5', 'postgres', 'Postgres', 'postgres'));
--> statement-breakpoint
CREATE TABLE `__new_sys_environment_database` (
	`id` text PRIMARY KEY NOT NULL,
	`environment_id` text NOT NULL,
	`cluster_id` text NOT NULL,
	`database_name` text NOT NULL,
	`database_url` text,
	`isolation` text NOT NULL,
	`driver` text NOT NULL,
	`region` text NOT NULL,
	`storage_limit_mb` integer NOT NULL,
	`storage_used_bytes` integer DEFAULT 0 NOT NULL,
	`last_accessed_at` integer,
	`provisioned_at` integer,
	`placement` text DEFAULT '[]' NOT NULL,
	`metadata` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`environment_id`) REFERENCES `sys_environment`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`cluster_id`) REFERENCES `sys_cluster`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "environment_database_isolation" CHECK("__new_sys_environment_database"."isolation" in ('dedicated', 'shared')),
	CONSTRAINT "environment_database_driver" CHECK("__new_sys_environment_database"."driver" in ('sqlite', 'postgres', 'turso')),
	CONSTRAINT "environment_database_limit" CHECK("__new_sys_environment_database"."storage_limit_mb" > 0)
);
--> statement-breakpoint
INSERT INTO `__new_sys_environment_database`("id", "environment_id", "cluster_id", "database_name", "database_url", "isolation", "driver", "region", "storage_limit_mb", "storage_used_bytes", "last_accessed_at", "provisioned_at", "placement", "metadata", "created_at", "updated_at") SELECT "id", "environment_id", '00000000-0000-4000-8000-00000000f11e', "database_name", "database_url", "isolation", "driver", "region", "storage_limit_mb", "storage_used_bytes", "last_accessed_at", "provisioned_at", '[]', "metadata", "created_at", "updated_at" FROM `sys_environment_database`;--> statement-breakpoint
DROP TABLE `sys_environment_database`;--> statement-breakpoint
ALTER TABLE `__new_sys_environment_database` RENAME TO `sys_environment_database`;--> statement-breakpoint
CREATE UNIQUE INDEX `sys_environment_database_environment_id_unique` ON `sys_environment_database` (`environment_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sys_environment_database_database_name_unique` ON `sys_environment_database` (`database_name`);--> statement-breakpoint
CREATE INDEX `environment_database_cluster` ON `sys_environment_database` (`cluster_id`,`id`);--> statement-breakpoint
CREATE TABLE `__new_sys_finding` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`driver` text NOT NULL,
	`cluster_id` text,
	`database_name` text NOT NULL,
	`tenant` text,
	`environment_id` text,
	`organization_id` text,
	`subject` text NOT NULL,
	`problem` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`seen_at` integer NOT NULL,
	CONSTRAINT "finding_kind" CHECK("__new_sys_finding"."kind" in ('orphan', 'missing', 'damaged', 'leftover', 'unreachable'))
);
--> statement-breakpoint
INSERT INTO `__new_sys_finding`("id", "kind", "driver", "cluster_id", "database_name", "tenant", "environment_id", "organization_id", "subject", "problem", "size_bytes", "seen_at") SELECT "id", "kind", "driver", NULL, "database_name", NULL, "environment_id", "organization_id", "subject", "problem", "size_bytes", "seen_at" FROM `sys_finding`;--> statement-breakpoint
DROP TABLE `sys_finding`;--> statement-breakpoint
ALTER TABLE `__new_sys_finding` RENAME TO `sys_finding`;--> statement-breakpoint
CREATE INDEX `finding_kind_order` ON `sys_finding` (`kind`,`database_name`);--> statement-breakpoint
DROP INDEX `operation_one_per_environment`;--> statement-breakpoint
ALTER TABLE `sys_operation` ADD `lock_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `operation_one_per_lock` ON `sys_operation` (`lock_key`) WHERE status in ('queued', 'running', 'undoing') and lock_key is not null;--> statement-breakpoint
ALTER TABLE `organization` ADD `residency` text;--> statement-breakpoint
-- The triggers went with the tables that were made anew.
CREATE TRIGGER environment_default_delete BEFORE DELETE ON sys_environment
WHEN old.is_default = 1
BEGIN SELECT RAISE(ABORT, 'freehold:default_environment'); END;
--> statement-breakpoint
CREATE TRIGGER environment_protected_delete BEFORE DELETE ON sys_environment
WHEN old.is_protected = 1
BEGIN SELECT RAISE(ABORT, 'freehold:protected_environment'); END;
--> statement-breakpoint
CREATE TRIGGER environment_identity BEFORE UPDATE OF id, organization_id, slug ON sys_environment
WHEN new.id <> old.id OR new.organization_id <> old.organization_id OR new.slug <> old.slug
BEGIN SELECT RAISE(ABORT, 'freehold:immutable'); END;
--> statement-breakpoint
CREATE TRIGGER environment_database_name BEFORE UPDATE OF database_name, environment_id ON sys_environment_database
WHEN new.database_name <> old.database_name OR new.environment_id <> old.environment_id
BEGIN SELECT RAISE(ABORT, 'freehold:immutable'); END;
--> statement-breakpoint
-- Only the edges of the state machine; `deleting` has no way back, `deleted` has one until its time is up.
CREATE TRIGGER environment_status_edge BEFORE UPDATE OF status ON sys_environment
WHEN new.status <> old.status AND NOT (
  (old.status = 'provisioning' AND new.status IN ('active', 'failed'))
  OR (old.status = 'failed' AND new.status IN ('provisioning', 'deleting'))
  OR (old.status = 'active' AND new.status IN ('suspended', 'archived', 'moving', 'deleted', 'deleting'))
  OR (old.status = 'suspended' AND new.status IN ('active', 'archived', 'deleted', 'deleting'))
  OR (old.status = 'archived' AND new.status IN ('active', 'deleted', 'deleting'))
  OR (old.status = 'moving' AND new.status = 'active')
  OR (old.status = 'deleted' AND new.status IN ('active', 'deleting'))
)
BEGIN SELECT RAISE(ABORT, 'freehold:status_edge'); END;
--> statement-breakpoint
-- Whoever holds facts about a tenant hears that they have changed, whatever changed them.
CREATE TRIGGER tenant_change_update AFTER UPDATE OF epoch ON sys_environment
WHEN new.epoch <> old.epoch
BEGIN
  INSERT INTO sys_tenant_change (environment_id, epoch, at)
  VALUES (new.id, new.epoch, cast(unixepoch('subsec') * 1000 as integer));
END;
--> statement-breakpoint
CREATE TRIGGER tenant_change_delete AFTER DELETE ON sys_environment
BEGIN
  INSERT INTO sys_tenant_change (environment_id, epoch, at)
  VALUES (old.id, old.epoch + 1, cast(unixepoch('subsec') * 1000 as integer));
END;
--> statement-breakpoint
UPDATE sys_cluster SET database_count = (SELECT count(*) FROM sys_environment_database WHERE cluster_id = sys_cluster.id);
--> statement-breakpoint
-- The count and the limit are one statement apart from the row itself, so no two placements share a last place.
CREATE TRIGGER cluster_count_insert AFTER INSERT ON sys_environment_database
BEGIN UPDATE sys_cluster SET database_count = database_count + 1 WHERE id = new.cluster_id; END;
--> statement-breakpoint
CREATE TRIGGER cluster_count_delete AFTER DELETE ON sys_environment_database
BEGIN UPDATE sys_cluster SET database_count = database_count - 1 WHERE id = old.cluster_id; END;
--> statement-breakpoint
CREATE TRIGGER cluster_full BEFORE UPDATE OF database_count ON sys_cluster
WHEN new.database_count > old.database_count AND new.capacity IS NOT NULL AND new.database_count > new.capacity
BEGIN SELECT RAISE(ABORT, 'freehold:cluster_full'); END;
--> statement-breakpoint
CREATE TRIGGER cluster_count_move AFTER UPDATE OF cluster_id ON sys_environment_database
WHEN new.cluster_id <> old.cluster_id
BEGIN
  UPDATE sys_cluster SET database_count = database_count - 1 WHERE id = old.cluster_id;
  UPDATE sys_cluster SET database_count = database_count + 1 WHERE id = new.cluster_id;
END;
--> statement-breakpoint
CREATE TRIGGER cluster_identity BEFORE UPDATE OF id, driver, is_built_in ON sys_cluster
WHEN new.id <> old.id OR new.driver <> old.driver OR new.is_built_in <> old.is_built_in
BEGIN SELECT RAISE(ABORT, 'freehold:immutable'); END;
--> statement-breakpoint
-- Before, an environment had one unfinished operation at most: its own id is the lock.
UPDATE sys_operation SET lock_key = environment_id WHERE environment_id IS NOT NULL;
--> statement-breakpoint
CREATE TRIGGER credential_status_edge BEFORE UPDATE OF status ON sys_database_credential
WHEN new.status <> old.status AND NOT (
  (old.status = 'pending' AND new.status IN ('active', 'revoked'))
  OR (old.status = 'active' AND new.status IN ('rotating', 'revoked'))
  OR (old.status = 'rotating' AND new.status = 'revoked')
)
BEGIN SELECT RAISE(ABORT, 'freehold:status_edge'); END;
