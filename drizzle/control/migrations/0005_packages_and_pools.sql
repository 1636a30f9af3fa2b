CREATE TABLE `sys_environment_package` (
	`environment_id` text NOT NULL,
	`package_id` text NOT NULL,
	`desired_version_id` text NOT NULL,
	`observed_version_id` text,
	`status` text NOT NULL,
	`problem` text DEFAULT '' NOT NULL,
	`observed_at` integer,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`environment_id`, `package_id`),
	FOREIGN KEY (`environment_id`) REFERENCES `sys_environment`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`package_id`) REFERENCES `sys_package`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`desired_version_id`) REFERENCES `sys_package_version`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`observed_version_id`) REFERENCES `sys_package_version`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "environment_package_status" CHECK("sys_environment_package"."status" in ('installing', 'installed', 'failed'))
);
--> statement-breakpoint
CREATE INDEX `environment_package_by_package` ON `sys_environment_package` (`package_id`,`environment_id`);--> statement-breakpoint
CREATE TABLE `sys_package_version` (
	`id` text PRIMARY KEY NOT NULL,
	`package_id` text NOT NULL,
	`version` text NOT NULL,
	`sort_key` text NOT NULL,
	`status` text NOT NULL,
	`checksum` text NOT NULL,
	`manifest` text NOT NULL,
	`migrations` text NOT NULL,
	`statement_count` integer NOT NULL,
	`size_bytes` integer NOT NULL,
	`deprecation_reason` text DEFAULT '' NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`published_at` integer,
	FOREIGN KEY (`package_id`) REFERENCES `sys_package`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "package_version_status" CHECK("sys_package_version"."status" in ('draft', 'published', 'deprecated'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `package_version_once` ON `sys_package_version` (`package_id`,`version`);--> statement-breakpoint
CREATE INDEX `package_version_order` ON `sys_package_version` (`package_id`,`sort_key`);--> statement-breakpoint
CREATE TABLE `sys_package` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`schema` text NOT NULL,
	`owner_service` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "package_name" CHECK(length("sys_package"."name") between 3 and 200)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sys_package_name_unique` ON `sys_package` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `sys_package_schema_unique` ON `sys_package` (`schema`);--> statement-breakpoint
CREATE TABLE `sys_isolation_finding` (
	`id` text PRIMARY KEY NOT NULL,
	`pool_id` text NOT NULL,
	`rule` text NOT NULL,
	`object` text NOT NULL,
	`severity` text NOT NULL,
	`problem` text NOT NULL,
	`why` text NOT NULL,
	`mend` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`pool_id`) REFERENCES `sys_pool`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "isolation_finding_severity" CHECK("sys_isolation_finding"."severity" in ('critical', 'high', 'medium', 'low'))
);
--> statement-breakpoint
CREATE INDEX `isolation_finding_order` ON `sys_isolation_finding` (`pool_id`,`closed_at`,`rule`,`object`);--> statement-breakpoint
CREATE TABLE `sys_isolation_run` (
	`id` text PRIMARY KEY NOT NULL,
	`pool_id` text NOT NULL,
	`kind` text NOT NULL,
	`verdict` text NOT NULL,
	`problem` text DEFAULT '' NOT NULL,
	`checks` integer NOT NULL,
	`detail` text DEFAULT '{}' NOT NULL,
	`seed` text DEFAULT '' NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer NOT NULL,
	FOREIGN KEY (`pool_id`) REFERENCES `sys_pool`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "isolation_run_kind" CHECK("sys_isolation_run"."kind" in ('lint', 'proof')),
	CONSTRAINT "isolation_run_verdict" CHECK("sys_isolation_run"."verdict" in ('holds', 'broken', 'unknown'))
);
--> statement-breakpoint
CREATE INDEX `isolation_run_order` ON `sys_isolation_run` (`pool_id`,`kind`,`finished_at`);--> statement-breakpoint
CREATE TABLE `sys_pool` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`cluster_id` text NOT NULL,
	`database_name` text NOT NULL,
	`state` text NOT NULL,
	`state_reason` text DEFAULT '' NOT NULL,
	`capacity` integer,
	`tenant_count` integer DEFAULT 0 NOT NULL,
	`token_cipher` text,
	`wrapped_key` text,
	`kms_key_id` text,
	`kek_version` text,
	`alg` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`cluster_id`) REFERENCES `sys_cluster`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "pool_state" CHECK("sys_pool"."state" in ('creating', 'active', 'draining', 'failed')),
	CONSTRAINT "pool_capacity" CHECK("sys_pool"."capacity" is null or "sys_pool"."capacity" >= 0),
	CONSTRAINT "pool_slug" CHECK(length("sys_pool"."slug") between 1 and 63 and "sys_pool"."slug" glob '[a-z0-9]*' and "sys_pool"."slug" not glob '*[^a-z0-9-]*')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sys_pool_slug_unique` ON `sys_pool` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `sys_pool_database_name_unique` ON `sys_pool` (`database_name`);--> statement-breakpoint
CREATE INDEX `pool_cluster` ON `sys_pool` (`cluster_id`,`id`);--> statement-breakpoint
CREATE TABLE `sys_pool_package` (
	`pool_id` text NOT NULL,
	`package_id` text NOT NULL,
	`desired_version_id` text NOT NULL,
	`observed_version_id` text,
	`status` text NOT NULL,
	`problem` text DEFAULT '' NOT NULL,
	`observed_at` integer,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`pool_id`, `package_id`),
	FOREIGN KEY (`pool_id`) REFERENCES `sys_pool`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`package_id`) REFERENCES `sys_package`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`desired_version_id`) REFERENCES `sys_package_version`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`observed_version_id`) REFERENCES `sys_package_version`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "pool_package_status" CHECK("sys_pool_package"."status" in ('installing', 'installed', 'failed'))
);
--> statement-breakpoint
ALTER TABLE `sys_placement_rule` ADD `isolation` text DEFAULT 'dedicated' NOT NULL;--> statement-breakpoint
ALTER TABLE `sys_environment_database` ADD `pool_id` text REFERENCES sys_pool(id);--> statement-breakpoint
CREATE INDEX `environment_database_pool` ON `sys_environment_database` (`pool_id`) WHERE pool_id is not null;--> statement-breakpoint
-- What a release contains never changes, and one that was published never goes.
CREATE TRIGGER package_version_content BEFORE UPDATE OF id, package_id, version, sort_key, checksum, manifest, migrations ON sys_package_version
WHEN new.id <> old.id OR new.package_id <> old.package_id OR new.version <> old.version OR new.sort_key <> old.sort_key
  OR new.checksum <> old.checksum OR new.manifest <> old.manifest OR new.migrations <> old.migrations
BEGIN SELECT RAISE(ABORT, 'freehold:immutable'); END;
--> statement-breakpoint
CREATE TRIGGER package_version_status_edge BEFORE UPDATE OF status ON sys_package_version
WHEN new.status <> old.status AND NOT (
  (old.status = 'draft' AND new.status = 'published')
  OR (old.status = 'published' AND new.status = 'deprecated')
  OR (old.status = 'deprecated' AND new.status = 'published')
)
BEGIN SELECT RAISE(ABORT, 'freehold:version_status'); END;
--> statement-breakpoint
CREATE TRIGGER package_version_delete BEFORE DELETE ON sys_package_version
WHEN old.status <> 'draft'
BEGIN SELECT RAISE(ABORT, 'freehold:version_published'); END;
--> statement-breakpoint
CREATE TRIGGER package_identity BEFORE UPDATE OF id, name, schema ON sys_package
WHEN new.id <> old.id OR new.name <> old.name OR new.schema <> old.schema
BEGIN SELECT RAISE(ABORT, 'freehold:immutable'); END;
--> statement-breakpoint
CREATE TRIGGER pool_identity BEFORE UPDATE OF id, cluster_id, database_name ON sys_pool
WHEN new.id <> old.id OR new.cluster_id <> old.cluster_id OR new.database_name <> old.database_name
BEGIN SELECT RAISE(ABORT, 'freehold:immutable'); END;
--> statement-breakpoint
-- A shared one is in a pool of its own cluster, a dedicated one in none.
CREATE TRIGGER environment_database_home_insert BEFORE INSERT ON sys_environment_database
WHEN (new.isolation = 'shared') <> (new.pool_id IS NOT NULL)
  OR (new.pool_id IS NOT NULL AND new.cluster_id IS NOT (SELECT cluster_id FROM sys_pool WHERE id = new.pool_id))
BEGIN SELECT RAISE(ABORT, 'freehold:home'); END;
--> statement-breakpoint
CREATE TRIGGER environment_database_home_update BEFORE UPDATE OF isolation, pool_id, cluster_id ON sys_environment_database
WHEN (new.isolation = 'shared') <> (new.pool_id IS NOT NULL)
  OR (new.pool_id IS NOT NULL AND new.cluster_id IS NOT (SELECT cluster_id FROM sys_pool WHERE id = new.pool_id))
BEGIN SELECT RAISE(ABORT, 'freehold:home'); END;
--> statement-breakpoint
-- A pool is one database of its cluster, however many tenants it has.
DROP TRIGGER cluster_count_insert;
--> statement-breakpoint
CREATE TRIGGER cluster_count_insert AFTER INSERT ON sys_environment_database
WHEN new.pool_id IS NULL
BEGIN UPDATE sys_cluster SET database_count = database_count + 1 WHERE id = new.cluster_id; END;
--> statement-breakpoint
DROP TRIGGER cluster_count_delete;
--> statement-breakpoint
CREATE TRIGGER cluster_count_delete AFTER DELETE ON sys_environment_database
WHEN old.pool_id IS NULL
BEGIN UPDATE sys_cluster SET database_count = database_count - 1 WHERE id = old.cluster_id; END;
--> statement-breakpoint
DROP TRIGGER cluster_count_move;
--> statement-breakpoint
CREATE TRIGGER cluster_count_move AFTER UPDATE OF cluster_id, pool_id ON sys_environment_database
WHEN new.cluster_id <> old.cluster_id OR new.pool_id IS NOT old.pool_id
BEGIN
  UPDATE sys_cluster SET database_count = database_count - 1 WHERE id = old.cluster_id AND old.pool_id IS NULL;
  UPDATE sys_cluster SET database_count = database_count + 1 WHERE id = new.cluster_id AND new.pool_id IS NULL;
  UPDATE sys_pool SET tenant_count = tenant_count - 1 WHERE id = old.pool_id;
  UPDATE sys_pool SET tenant_count = tenant_count + 1 WHERE id = new.pool_id;
END;
--> statement-breakpoint
CREATE TRIGGER cluster_count_pool_insert AFTER INSERT ON sys_pool
BEGIN UPDATE sys_cluster SET database_count = database_count + 1 WHERE id = new.cluster_id; END;
--> statement-breakpoint
CREATE TRIGGER cluster_count_pool_delete AFTER DELETE ON sys_pool
BEGIN UPDATE sys_cluster SET database_count = database_count - 1 WHERE id = old.cluster_id; END;
--> statement-breakpoint
CREATE TRIGGER pool_count_insert AFTER INSERT ON sys_environment_database
WHEN new.pool_id IS NOT NULL
BEGIN UPDATE sys_pool SET tenant_count = tenant_count + 1 WHERE id = new.pool_id; END;
--> statement-breakpoint
CREATE TRIGGER pool_count_delete AFTER DELETE ON sys_environment_database
WHEN old.pool_id IS NOT NULL
BEGIN UPDATE sys_pool SET tenant_count = tenant_count - 1 WHERE id = old.pool_id; END;
--> statement-breakpoint
CREATE TRIGGER pool_full BEFORE UPDATE OF tenant_count ON sys_pool
WHEN new.tenant_count > old.tenant_count AND new.capacity IS NOT NULL AND new.tenant_count > new.capacity
BEGIN SELECT RAISE(ABORT, 'freehold:pool_full'); END;
