-- Functions of Postgres that nobody has in a pool, as a condition on pg_proc p.
p.pronamespace = 'pg_catalog'::regnamespace AND (
  -- Counters tell to the row what all tenants write and read, while they do; and who shares a login may
  -- see what the others run under it, and end it.
  starts_with(p.proname, 'pg_stat_get_') OR p.proname IN ('pg_lock_status', 'pg_blocking_pids',
    'pg_safe_snapshot_blocking_pids', 'pg_cancel_backend', 'pg_terminate_backend', 'pg_logical_emit_message')
  -- These run a text, which may change the session that the next tenant gets.
  OR p.proname ~ '_to_xml(schema|_and_xmlschema)?$' OR p.proname = 'ts_stat'
  OR p.proname = 'ts_rewrite' AND p.pronargs = 2
  -- These are about what the session did for another tenant, or will do.
  OR p.proname IN ('lastval', 'currval', 'setseed'))
