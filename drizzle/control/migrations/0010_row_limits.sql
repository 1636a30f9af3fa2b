ALTER TABLE `sys_environment_database` ADD `row_limit` integer;--> statement-breakpoint
ALTER TABLE `sys_environment_database` ADD `row_count` integer;--> statement-breakpoint
-- Rows are counted in pools alone, and an environment that may hold none is suspended instead.
CREATE TRIGGER environment_database_rows_insert BEFORE INSERT ON sys_environment_database
WHEN new.row_limit IS NOT NULL AND (new.row_limit < 1 OR new.pool_id IS NULL)
BEGIN SELECT RAISE(ABORT, 'freehold:row_limit'); END;
--> statement-breakpoint
CREATE TRIGGER environment_database_rows_update BEFORE UPDATE OF row_limit, pool_id ON sys_environment_database
WHEN new.row_limit IS NOT NULL AND (new.row_limit < 1 OR new.pool_id IS NULL)
BEGIN SELECT RAISE(ABORT, 'freehold:row_limit'); END;
