/** What somebody with too many rights may have done; `$` is the pool's id. */
interface Drift {
  rule: string;
  sql: string;
}

export const drifts: Drift[] = [
  { rule: "row-security", sql: "ALTER TABLE school.schools NO FORCE ROW LEVEL SECURITY" },
  { rule: "row-security", sql: "ALTER TABLE school.events_2026 DISABLE ROW LEVEL SECURITY" },
  { rule: "policies", sql: "CREATE POLICY x ON school.schools USING (true)" },
  { rule: "policies", sql: "ALTER POLICY tenant_fence ON school.schools USING (tenant_id IS NOT NULL)" },
  { rule: "tenant-column", sql: "ALTER TABLE school.schools ALTER tenant_id DROP DEFAULT" },
  { rule: "grants", sql: "GRANT TRUNCATE ON school.schools TO fhp_$_writer" },
  { rule: "grants", sql: "GRANT SELECT ON school.events_2026 TO fhp_$_reader" },
  { rule: "grants", sql: "GRANT SELECT ON school.schools TO PUBLIC" },
  { rule: "grants", sql: "GRANT INSERT ON school.grades TO fhp_$_writer" },
  { rule: "column-grants", sql: "GRANT UPDATE (tenant_id) ON school.schools TO fhp_$_writer" },
  { rule: "view", sql: "CREATE VIEW school.v AS SELECT * FROM school.schools" },
  { rule: "kind", sql: "CREATE MATERIALIZED VIEW school.m AS SELECT 1 AS one" },
  { rule: "owner", sql: "CREATE TABLE public.x (id integer PRIMARY KEY)" },
  {
    rule: "definer",
    sql: "CREATE FUNCTION school.f() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
  },
  {
    rule: "leakproof",
    sql: "CREATE FUNCTION school.f() RETURNS integer LANGUAGE sql LEAKPROOF AS 'SELECT 1'",
  },
  { rule: "public", sql: "GRANT CONNECT ON DATABASE pool_$ TO PUBLIC" },
  {
    rule: "default-grants",
    sql: "ALTER DEFAULT PRIVILEGES FOR ROLE fhp_$_owner GRANT SELECT ON TABLES TO fhp_$_reader",
  },
  { rule: "roles", sql: "ALTER ROLE fhp_$_readwrite BYPASSRLS" },
  { rule: "roles", sql: "GRANT fhp_$_owner TO fhp_$_readonly" },
  { rule: "publication", sql: "CREATE PUBLICATION p FOR TABLE school.schools" },
  { rule: "key", sql: "ALTER TABLE school.schools ADD UNIQUE (name)" },
  { rule: "index", sql: "CREATE INDEX ON school.schools (name)" },
  { rule: "rewrite", sql: "CREATE RULE r AS ON INSERT TO school.schools DO ALSO NOTIFY x" },
  { rule: "inheritance", sql: "CREATE TABLE school.kid () INHERITS (school.schools)" },
  { rule: "reference-rows", sql: "ALTER TABLE school.grades ENABLE ROW LEVEL SECURITY" },
  {
    rule: "policies",
    sql: "ALTER POLICY tenant_fence ON school.schools USING (tenant_id = '00000000-0000-4000-8000-000000000001')",
  },
  { rule: "keys", sql: "GRANT SELECT ON app.pool_key TO PUBLIC" },
  { rule: "keys", sql: "GRANT SELECT (key) ON app.context_key TO fhp_$_reader" },
  { rule: "keys", sql: "GRANT UPDATE ON app.tenant TO fhp_$_writer" },
  { rule: "fence-members", sql: "GRANT fhp_$_fence TO fhp_$_readwrite" },
  { rule: "fence-functions", sql: "ALTER FUNCTION app.tenant() SECURITY INVOKER" },
  {
    rule: "fence-functions",
    sql: "CREATE OR REPLACE FUNCTION app.tenant() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT NULL::uuid'",
  },
  { rule: "fence-functions", sql: "ALTER FUNCTION app.writing_tenant() OWNER TO CURRENT_USER" },
  { rule: "fence-grants", sql: "GRANT EXECUTE ON FUNCTION app.hmac(bytea, bytea, text) TO PUBLIC" },
  {
    rule: "closed-functions",
    sql: "GRANT EXECUTE ON FUNCTION pg_terminate_backend(integer, bigint) TO PUBLIC",
  },
  { rule: "closed-code", sql: "GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC" },
  { rule: "closed-settings", sql: "GRANT UPDATE ON pg_settings TO PUBLIC" },
  {
    rule: "function",
    sql: "CREATE FUNCTION school.f() RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE ''RESET ALL''; END'",
  },
  {
    rule: "function",
    sql: "CREATE FUNCTION school.f(text) RETURNS text LANGUAGE internal AS 'upper'",
  },
];
