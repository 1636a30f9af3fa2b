-- What the database of a pool starts with. {pool} is the first part of the names of its roles.
CREATE SCHEMA app AUTHORIZATION {pool}_fence;
CREATE SCHEMA freehold AUTHORIZATION {pool}_fence;
CREATE EXTENSION pgcrypto SCHEMA app;
-- Exclusion constraints compare the tenant in a GiST index.
CREATE EXTENSION btree_gist SCHEMA app;

SET LOCAL ROLE {pool}_fence;

CREATE TABLE app.tenant (
  tenant_id uuid PRIMARY KEY,
  database_name text NOT NULL UNIQUE,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'leaving')),
  storage_bytes_limit bigint CHECK (storage_bytes_limit >= 0),
  row_limit bigint CHECK (row_limit >= 0),
  over_limit boolean NOT NULL DEFAULT false,
  -- What the last sampling found.
  storage_bytes bigint NOT NULL DEFAULT 0,
  row_count bigint NOT NULL DEFAULT 0,
  sampled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Credentials of services: whoever holds the derived key signs contexts with it. All that a check
-- needs is in the one row.
CREATE TABLE app.context_key (
  credential_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES app.tenant ON DELETE CASCADE,
  scope text NOT NULL CHECK (scope IN ('readonly', 'readwrite')),
  expires_at timestamptz,
  key bytea NOT NULL CHECK (length(key) = 32),
  is_active boolean NOT NULL,
  -- What a proof names it by: only the one spelling of both is found.
  signer text NOT NULL GENERATED ALWAYS AS (tenant_id::text || '.' || credential_id::text) STORED UNIQUE
);
CREATE INDEX context_key_tenant ON app.context_key (tenant_id);

-- Credentials that are roles of their own, each bound to its tenant by its name.
CREATE TABLE app.login (
  credential_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES app.tenant,
  role text NOT NULL UNIQUE,
  scope text NOT NULL CHECK (scope IN ('readonly', 'readwrite')),
  expires_at timestamptz
);
CREATE INDEX login_tenant ON app.login (tenant_id);

CREATE TABLE app.pool_key (
  id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  key bytea NOT NULL CHECK (length(key) = 32)
);

CREATE TABLE app.migration (
  id text PRIMARY KEY,
  package text NOT NULL,
  version text NOT NULL,
  file text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL,
  CONSTRAINT migration_file UNIQUE (package, file)
);

CREATE TABLE app.package (
  id text PRIMARY KEY,
  package text NOT NULL CONSTRAINT package_name UNIQUE,
  version text NOT NULL,
  checksum text NOT NULL,
  status text NOT NULL
    CHECK (status IN ('installed', 'installing', 'upgrading', 'disabled', 'error')),
  enabled boolean DEFAULT true NOT NULL,
  settings jsonb DEFAULT '{}' NOT NULL,
  with_sample_data boolean DEFAULT false NOT NULL,
  error_message text,
  schema text NOT NULL UNIQUE,
  reference text[] NOT NULL,
  installed_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);

-- Whose rows this session may see. One message for everything that is wrong, so that it tells nothing.
-- Every transaction sets up each expression of a function anew, which costs more than what most of
-- them do: so one statement, whose plan is kept, does the whole check of a context.
CREATE FUNCTION app.tenant() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED COST 1000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $function$
DECLARE
  named text := current_setting('app.current_tenant', true);
  -- Credential, process, end and signature.
  proof text := current_setting('app.tenant_proof', true);
  seconds bigint := date_part('epoch', clock_timestamp());
  allowed uuid;
BEGIN
  -- An end is compared as text: what is no number is no error, and cannot last longer either.
  SELECT k.tenant_id INTO allowed
  FROM app.context_key k
  WHERE k.signer = named || '.' || left(proof, 36) AND k.is_active
    AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
    AND (session_user = '{pool}_readwrite' AND k.scope = 'readwrite' OR session_user = '{pool}_readonly')
    AND split_part(proof, '.', 2) = pg_backend_pid()::text
    AND split_part(proof, '.', 3) COLLATE "C" > seconds::text
    AND split_part(proof, '.', 3) COLLATE "C" <= (seconds + 300)::text
    AND right(proof, 64) = encode(
      app.hmac(convert_to(named || '.' || left(proof, -65), 'UTF8'), k.key, 'sha256'), 'hex');
  IF allowed IS NOT NULL THEN
    RETURN allowed;
  END IF;
  IF starts_with(session_user, 'fht_') THEN
    SELECT t.tenant_id INTO allowed
    FROM app.login l JOIN app.tenant t ON t.tenant_id = l.tenant_id
    WHERE l.role = session_user AND substr(session_user, 5, 32) = replace(t.tenant_id::text, '-', '')
      AND t.state = 'active' AND (l.expires_at IS NULL OR l.expires_at > clock_timestamp());
    IF allowed IS NOT NULL THEN
      RETURN allowed;
    END IF;
  ELSIF named IS NULL OR named = '' THEN
    RETURN NULL;
  ELSIF session_user = '{pool}_installer' THEN
    -- Freehold itself, whose password nobody else has, works on one tenant after the other.
    RETURN named::uuid;
  END IF;
  RAISE EXCEPTION 'tenant context refused' USING ERRCODE = '42501';
END
$function$;

-- The same for rows that are written: nobody writes for no tenant, and none writes over its limit.
CREATE FUNCTION app.writing_tenant() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED COST 1000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $function$
DECLARE
  allowed uuid := app.tenant();
BEGIN
  IF allowed IS NULL THEN
    RAISE EXCEPTION 'tenant context refused' USING ERRCODE = '42501';
  END IF;
  -- A release is for all tenants, also for those over their limits.
  IF session_user <> '{pool}_installer' AND (SELECT t.over_limit FROM app.tenant t WHERE t.tenant_id = allowed) THEN
    RAISE EXCEPTION 'This tenant is over its limit. It can read and delete, and not write.'
      USING ERRCODE = '53400';
  END IF;
  RETURN allowed;
END
$function$;

-- What every tenant database has under these names. The canary is there to be attacked, not to be seen.
CREATE VIEW freehold.sys_migration AS
  SELECT id, package, version, file, checksum, applied_at FROM app.migration
  WHERE package <> 'freehold.canary';
CREATE VIEW freehold.sys_package_installation AS
  SELECT id, package, version, checksum, status, enabled, settings, with_sample_data, error_message,
    installed_at, updated_at
  FROM app.package WHERE package <> 'freehold.canary';
CREATE VIEW freehold.sys_stamp AS
  SELECT 1 AS id, tenant_id, created_at FROM app.tenant WHERE tenant_id = (SELECT app.tenant());

RESET ROLE;

-- A table that somebody makes by hand is closed to all until it is made safe.
CREATE FUNCTION app.close_new_table() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT c.oid::regclass AS name
    FROM pg_event_trigger_ddl_commands() d JOIN pg_class c ON c.oid = d.objid AND d.classid = 'pg_class'::regclass
    WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND NOT c.relrowsecurity
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', made.name);
  END LOOP;
END
$function$;
CREATE EVENT TRIGGER close_new_table ON ddl_command_end
  WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO')
  EXECUTE FUNCTION app.close_new_table();

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
GRANT USAGE ON SCHEMA app TO {pool}_owner, {pool}_installer, {pool}_reader, {pool}_writer;
GRANT EXECUTE ON FUNCTION app.tenant(), app.writing_tenant()
  TO {pool}_owner, {pool}_installer, {pool}_reader, {pool}_writer;
GRANT EXECUTE ON FUNCTION app.hmac(bytea, bytea, text) TO {pool}_fence;
GRANT SELECT, INSERT, UPDATE ON app.migration, app.package TO {pool}_installer;
GRANT SELECT ON app.tenant TO {pool}_installer;
GRANT USAGE ON SCHEMA freehold TO {pool}_reader, {pool}_writer, {pool}_installer;
GRANT SELECT ON ALL TABLES IN SCHEMA freehold TO {pool}_reader, {pool}_writer, {pool}_installer;
ALTER DEFAULT PRIVILEGES FOR ROLE {pool}_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE {pool}_owner REVOKE USAGE ON TYPES FROM PUBLIC;

-- It compares bytes and raises nothing, so it may use an index before the policy has spoken.
ALTER FUNCTION pg_catalog.starts_with(text, text) LEAKPROOF;

-- Large objects belong to a role and to no tenant; so do advisory locks and what sessions run.
REVOKE EXECUTE ON FUNCTION pg_catalog.lo_creat(integer), pg_catalog.lo_create(oid),
  pg_catalog.lo_from_bytea(oid, bytea), pg_catalog.lo_open(oid, integer), pg_catalog.lo_get(oid),
  pg_catalog.lo_get(oid, bigint, integer), pg_catalog.lo_put(oid, bigint, bytea),
  pg_catalog.lo_unlink(oid), pg_catalog.loread(integer, integer), pg_catalog.lowrite(integer, bytea)
  FROM PUBLIC;
-- What this version of Postgres has of what closed.sql says is found by name, so that none is forgotten.
DO $each$
DECLARE
  found regprocedure;
BEGIN
  FOR found IN
    SELECT p.oid FROM pg_catalog.pg_proc p WHERE {closed}
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', found);
  END LOOP;
END
$each$;
REVOKE UPDATE ON pg_catalog.pg_settings FROM PUBLIC;
-- A block of code can do what no statement shows that it does.
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO {pool}_owner;
REVOKE EXECUTE ON FUNCTION
  pg_catalog.pg_advisory_lock(bigint), pg_catalog.pg_advisory_lock(integer, integer),
  pg_catalog.pg_advisory_lock_shared(bigint), pg_catalog.pg_advisory_lock_shared(integer, integer),
  pg_catalog.pg_advisory_xact_lock(bigint), pg_catalog.pg_advisory_xact_lock(integer, integer),
  pg_catalog.pg_advisory_xact_lock_shared(bigint), pg_catalog.pg_advisory_xact_lock_shared(integer, integer),
  pg_catalog.pg_try_advisory_lock(bigint), pg_catalog.pg_try_advisory_lock(integer, integer),
  pg_catalog.pg_try_advisory_lock_shared(bigint), pg_catalog.pg_try_advisory_lock_shared(integer, integer),
  pg_catalog.pg_try_advisory_xact_lock(bigint), pg_catalog.pg_try_advisory_xact_lock(integer, integer),
  pg_catalog.pg_try_advisory_xact_lock_shared(bigint),
  pg_catalog.pg_try_advisory_xact_lock_shared(integer, integer)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_advisory_xact_lock(bigint) TO {pool}_installer;
