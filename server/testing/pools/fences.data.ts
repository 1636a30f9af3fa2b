import { ids } from "./school.data";

/** Ways to write, and what comes of each for a tenant whose one school is called Ann. */
export const writesAt = (tenant: string): [string, unknown][] => [
  [`INSERT INTO school.schools (tenant_id, id, name) VALUES ('${tenant}', gen_random_uuid(), 'x')`, "42501"],
  [`UPDATE school.schools SET tenant_id = '${tenant}'`, "42501"],
  [`UPDATE school.schools SET name = 'x', tenant_id = '${tenant}' WHERE name = 'Ann'`, "42501"],
  [
    `MERGE INTO school.schools s USING (SELECT 'Bob' AS name) n ON s.name = n.name WHEN MATCHED THEN DELETE`,
    "MERGE 0",
  ],
  [
    `INSERT INTO school.schools (id, name) VALUES ('${ids.school}', 'x') ON CONFLICT ON CONSTRAINT schools_pkey DO UPDATE SET name = excluded.name RETURNING name`,
    [{ name: "x" }],
  ],
  [`INSERT INTO school.schools (id, name) VALUES ('${ids.school}', 'x') ON CONFLICT DO NOTHING`, "INSERT 0"],
  [
    `INSERT INTO school.schools (id, name) VALUES ('${ids.school}', 'x') ON CONFLICT (id) DO NOTHING`,
    "42P10",
  ],
  [`SELECT count(*)::int AS n FROM school.events_2026`, "42501"],
  [`INSERT INTO school.grades VALUES (1, 'x')`, "42501"],
  [`SELECT grade FROM school.grades ORDER BY 1`, [{ grade: 11 }, { grade: 12 }]],
  [`COPY school.schools TO '/tmp/x'`, "42501"],
  [`COPY school.schools FROM PROGRAM 'id'`, "42501"],
];

/** What no login may do. */
export const forbidden = [
  "SELECT key FROM app.pool_key",
  "SELECT * FROM app.tenant",
  "SELECT * FROM app.context_key",
  "SELECT * FROM app.login",
  "SELECT app.hmac('a', 'b', 'sha256')",
  "CREATE TEMP TABLE x (n integer)",
  "CREATE TABLE public.x (n integer)",
  "CREATE SCHEMA x",
  "CREATE EXTENSION dblink SCHEMA school",
  "SELECT lo_creat(0)",
  "SELECT pg_advisory_lock(1)",
  "SELECT * FROM pg_stat_activity",
  "SELECT * FROM pg_stat_user_tables",
  "SELECT * FROM pg_stat_all_indexes",
  "SELECT * FROM pg_statio_user_tables",
  "SELECT pg_stat_get_live_tuples('school.schools'::regclass)",
  "SELECT * FROM pg_authid",
  "SELECT * FROM pg_statistic",
  "SELECT pg_read_file('PG_VERSION')",
  "SELECT pg_ls_dir('.')",
  "ALTER TABLE school.schools DISABLE ROW LEVEL SECURITY",
  "DROP POLICY tenant_fence ON school.schools",
  "CREATE POLICY mine ON school.schools USING (true)",
  "CREATE TRIGGER t BEFORE INSERT ON school.schools EXECUTE FUNCTION suppress_redundant_updates_trigger()",
  "CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
  "ALTER SYSTEM SET work_mem = '1GB'",
  "SET session_replication_role = replica",
  "SET row_security = off; SELECT * FROM school.schools",
  "INSERT INTO app.migration SELECT * FROM app.migration",
  "CREATE PUBLICATION p FOR ALL TABLES",
];
