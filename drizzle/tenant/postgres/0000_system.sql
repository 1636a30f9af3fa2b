CREATE SCHEMA freehold;

CREATE TABLE freehold.sys_migration (
  id text PRIMARY KEY,
  package text NOT NULL,
  version text NOT NULL,
  file text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL
);

CREATE UNIQUE INDEX migration_file ON freehold.sys_migration (package, file);

CREATE TABLE freehold.sys_package_installation (
  id text PRIMARY KEY,
  package text NOT NULL,
  version text NOT NULL,
  checksum text NOT NULL,
  status text NOT NULL,
  enabled boolean DEFAULT true NOT NULL,
  settings jsonb DEFAULT '{}' NOT NULL,
  with_sample_data boolean DEFAULT false NOT NULL,
  error_message text,
  installed_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT package_installation_status
    CHECK (status IN ('installed', 'installing', 'upgrading', 'disabled', 'error'))
);

CREATE UNIQUE INDEX package_installation_package ON freehold.sys_package_installation (package);

-- The stamp is a setting of the database itself, so that writing it needs no connection to it
-- and no tenant can change it.
CREATE VIEW freehold.sys_stamp AS
SELECT
  1 AS id,
  max(substr(entry, length('freehold.tenant=') + 1))
    FILTER (WHERE starts_with(entry, 'freehold.tenant='))::uuid AS tenant_id,
  max(substr(entry, length('freehold.stamped_at=') + 1))
    FILTER (WHERE starts_with(entry, 'freehold.stamped_at='))::timestamptz AS created_at
FROM pg_catalog.pg_database d
JOIN pg_catalog.pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0
CROSS JOIN unnest(s.setconfig) AS entry
WHERE d.datname = pg_catalog.current_database();

-- Of the sessions on the server, those of this database.
CREATE FUNCTION freehold.sessions() RETURNS SETOF pg_catalog.pg_stat_activity
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT * FROM pg_catalog.pg_stat_activity WHERE datname = pg_catalog.current_database()';
