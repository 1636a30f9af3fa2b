import { escapeLiteral } from "pg";
import { leftBehind, type Aim, type Attack, type AttackKind, type Expectation } from "./attack";
import type { Shape, Surroundings } from "./shapes";

/** What reaches around the table: catalogs, objects of one's own, locks, schema changes. */
export function serverAttacks(shape: Shape, aim: Aim, { functions, sequences }: Surroundings): Attack[] {
  const { table } = shape;
  const list = (kind: AttackKind, expect: Expectation, statements: (string | string[])[]): Attack[] =>
    statements.map((some, n) => ({ kind, name: `${kind}/${n}`, statements: [some].flat(), expect }));
  return [
    ...list("path", "unseen", [
      ...shape.beside.map((name) => `select * from ${name}`),
      ...functions.map((name) => `select ${name}() as n`),
      `select * from pg_catalog.pg_class where oid = ${escapeLiteral(table)}::regclass`,
    ]),
    ...list(
      "path",
      "none",
      shape.beside.map(
        (name) => `delete from ${name} where ${shape.tenant} = ${escapeLiteral(aim.foreign.tenant)}`,
      ),
    ).map((attack) => ({ ...attack, name: `${attack.name}/delete` })),
    ...list(
      "sequence",
      "refused",
      sequences.flatMap((name) => [
        `select last_value from ${name}`,
        `select setval(${escapeLiteral(name)}, 1)`,
      ]),
    ),
    ...list("catalog", "unseen", catalogReads),
    ...list("explain", "unseen", explains(table)),
    ...list("shadowing", "unseen", shadows(shape)),
    ...list("ddl", "refused", changes(shape)),
    ...list("code-block", "unseen", blocks(shape, aim)),
    ...list("large-object", "unseen", largeObjects),
    ...list("session", "unseen", sessions(shape)).map((attack) => ({
      ...attack,
      commits: "always" as const,
    })),
    ...list(
      "session",
      "unseen",
      functions.map((name) => `select ${name}()`),
    ).map((attack) => ({
      ...attack,
      name: `${attack.name}/function`,
      commits: "unless-written" as const,
    })),
  ];
}

const catalogReads = [
  "select * from pg_catalog.pg_stats where schemaname !~ '^pg_'",
  "select * from pg_catalog.pg_statistic",
  "select * from pg_catalog.pg_stats_ext_exprs",
  "select * from pg_catalog.pg_statistic_ext_data",
  "select query from pg_catalog.pg_stat_activity",
  "select pg_stat_get_backend_activity(s) from pg_stat_get_backend_idset() s",
  "select * from pg_catalog.pg_prepared_statements",
  "select * from pg_catalog.pg_cursors",
  "select * from pg_catalog.pg_prepared_xacts",
  "select * from pg_catalog.pg_largeobject",
  "select * from pg_catalog.pg_authid",
  "select * from pg_catalog.pg_shadow",
  "select * from pg_catalog.pg_user_mapping",
  "select subconninfo from pg_catalog.pg_subscription",
  "select * from pg_catalog.pg_file_settings",
  "select * from pg_catalog.pg_hba_file_rules",
  "select pg_read_file('postgresql.conf')",
  "select pg_ls_dir('.')",
  "select pg_read_binary_file('PG_VERSION')",
  "select pg_stat_get_backend_activity(pg_backend_pid())",
  "select pg_current_logfile(), pg_ls_logdir()",
  "select pg_logical_slot_get_changes('x', null, null)",
  "select database_to_xml(true, false, '')::text",
];

const explains = (table: string) => [
  `explain select * from ${table}`,
  `explain verbose select * from ${table}`,
  `explain (analyze, timing off) select * from ${table}`,
  `explain (analyze, costs off, format json) select * from ${table}`,
  `explain (generic_plan) select * from ${table} where ctid = $1`,
];

function shadows({ table, schema }: Shape) {
  const own = (statement: string) => [statement, `select * from ${table}`];
  return [
    own(`create temp table shadow as select * from ${table}`),
    own(`create temp view shadow as select * from ${table}`),
    own(
      "create function pg_temp.peek(text) returns boolean language plpgsql cost 0.0001 as $$ begin raise notice '%', $1; return true; end $$",
    ),
    [
      "create function pg_temp.peek(text) returns boolean language plpgsql cost 0.0001 as $$ begin raise notice '%', $1; return true; end $$",
      `select 1 from ${table} t where pg_temp.peek(t::text)`,
    ],
    own("create temp table tenant (id uuid)"),
    own("set local search_path = pg_temp, pg_catalog"),
    own(
      `create operator ${schema === "" ? "" : "pg_temp."}=== (leftarg = uuid, rightarg = uuid, function = pg_catalog.uuid_eq)`,
    ),
  ];
}

function changes({ table, tenant }: Shape) {
  return [
    `truncate ${table}`,
    `truncate ${table} cascade`,
    `alter table ${table} disable row level security`,
    `alter table ${table} no force row level security`,
    `alter table ${table} disable trigger all`,
    `alter table ${table} add column freehold_proof int`,
    `alter table ${table} owner to current_user`,
    `create policy freehold_proof on ${table} using (true)`,
    `create rule freehold_proof as on select to ${table} do instead select 1`,
    `create trigger freehold_proof before insert on ${table} for each row execute function suppress_redundant_updates_trigger()`,
    `create index on ${table} (${tenant})`,
    `create statistics freehold_proof on ${tenant}, ctid from ${table}`,
    `comment on table ${table} is 'x'`,
    `drop table ${table} cascade`,
    `cluster ${table}`,
    `reindex table ${table}`,
    `create publication freehold_proof for table ${table}`,
    "create publication freehold_proof for all tables",
    "create extension dblink",
    "create extension file_fdw",
    "create schema freehold_proof",
    "create language plpython3u",
    "create event trigger freehold_proof on ddl_command_start execute function x()",
    "alter system set log_statement = 'all'",
    "load 'auto_explain'",
    `copy ${table} from '/etc/passwd'`,
    `copy ${table} to '/tmp/freehold-proof'`,
    `copy ${table} to program 'cat'`,
  ];
}

function blocks({ table, tenant }: Shape, { own, foreign }: Aim) {
  const rows = `select * from ${table}`;
  const block = (body: string) => `do $freehold$ declare r record; begin ${body} end $freehold$`;
  return [
    block(`for r in select * from ${table} loop raise notice '%', r; end loop;`),
    block(`for r in execute ${escapeLiteral(rows)} loop raise notice '%', r; end loop;`),
    block(`execute 'set local role none'; for r in ${rows} loop raise notice '%', r; end loop;`),
    block(
      `begin execute 'reset role'; exception when others then null; end; for r in ${rows} loop raise notice '%', r; end loop;`,
    ),
    block(
      `perform set_config('app.current_tenant', ${escapeLiteral(foreign.tenant)}, true); for r in ${rows} loop raise notice '%', r; end loop;`,
    ),
    block(
      `for r in ${rows} where ${tenant} <> ${escapeLiteral(own.tenant)} loop raise exception '%', r; end loop;`,
    ),
  ];
}

const largeObjects = [
  "select lo_get(loid) from (select oid as loid from pg_catalog.pg_largeobject_metadata) x",
  "select lo_export(oid, '/tmp/freehold-proof') from pg_catalog.pg_largeobject_metadata",
  "select lo_import('/etc/passwd')",
  "select loread(lo_open(oid, 262144), 4096) from pg_catalog.pg_largeobject_metadata",
];

function sessions({ table }: Shape) {
  return [
    `set application_name = '${leftBehind}'`,
    `set search_path = "${leftBehind}"`,
    `set freehold_proof.kept = '${leftBehind}'`,
    `select set_config('application_name', '${leftBehind}', false)`,
    `select U&"\\0073et_config"('application_name', '${leftBehind}', false)`,
    `update pg_catalog.pg_settings set setting = '${leftBehind}' where name = 'application_name'`,
    `select query_to_xml('select set' || '_config(''application_name'', ''${leftBehind}'', false)', true, true, '')`,
    `prepare p_kept as select * from ${table}`,
    `declare kept cursor with hold for select * from ${table}`,
    `create temp table kept on commit preserve rows as select * from ${table}`,
    `listen "${leftBehind}"`,
    `do $freehold$ begin execute 'set application_name = ''${leftBehind}'''; end $freehold$`,
    "select pg_advisory_lock(1)",
    "select pg_advisory_lock_shared(2, 3)",
  ];
}
