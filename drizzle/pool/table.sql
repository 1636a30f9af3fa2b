-- What makes a table of a pool tenant-safe, once it has its tenant_id. {table} is its name.
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_base ON {table} USING (true) WITH CHECK (true);
CREATE POLICY tenant_fence ON {table} AS RESTRICTIVE
  USING (tenant_id = (SELECT app.tenant()))
  WITH CHECK (tenant_id = (SELECT app.writing_tenant()));
