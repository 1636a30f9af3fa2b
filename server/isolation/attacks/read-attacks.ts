import { escapeLiteral } from "pg";
import type { Aim, Attack, AttackKind } from "./attack";
import { predicatesFor } from "./predicates";
import type { Shape } from "./shapes";

/** A kind, a name, and the statements. {where} is a condition on `t`, {quoted} the plain query as a text. */
const forms: [AttackKind, string, ...string[]][] = [
  ["select", "rows", "select t.* from {table} t{where}"],
  ["select", "only", "select t.* from only {table} t{where}"],
  ["select", "distinct", "select distinct t.{tenant} from {table} t{where}"],
  [
    "select",
    "page",
    "select t.* from {table} t{where} order by t.{key} desc offset 0 fetch first 100 rows only",
  ],
  ["select", "sample", "select t.* from {table} t tablesample system (100){where}"],
  ["lock", "for-update", "select t.* from {table} t{where} for update"],
  ["lock", "for-key-share", "select t.* from {table} t{where} for key share skip locked"],
  ["aggregate", "count", "select count(*)::int as n from {table} t{where}"],
  ["aggregate", "json", "select json_agg(t) as n from {table} t{where}"],
  ["aggregate", "text", "select string_agg(t::text, ',') as n from {table} t{where}"],
  [
    "aggregate",
    "groups",
    "select t.{tenant}, count(*) from {table} t{where} group by rollup (t.{tenant}) having t.{tenant} is not null",
  ],
  ["aggregate", "window", "select t.*, count(*) over (partition by t.{tenant}) from {table} t{where}"],
  [
    "aggregate",
    "filter",
    "select nullif(count(*) filter (where t.{key} is not null), 0)::int as n from {table} t{where}",
  ],
  ["cte", "plain", "with x as (select t.* from {table} t{where}) select * from x"],
  ["cte", "materialized", "with x as materialized (select t.* from {table} t{where}) select * from x"],
  [
    "cte",
    "recursive",
    "with recursive x as ((select t.{key}, 1 as n from {table} t{where}) union all select x.{key}, x.n + 1 from x where x.n < 2) select {key} from x",
  ],
  ["subquery", "from", "select * from (select t.* from {table} t{where} offset 0) x"],
  ["subquery", "scalar", "select (select t::text from {table} t{where} limit 1) as n"],
  ["subquery", "array", "select nullif(array(select t::text from {table} t{where}), '{}') as n"],
  [
    "subquery",
    "exists",
    "select 1 where exists (select from {table} t{where} offset 0) and (select count(*) from {table} t{where}) > (select count(*) from {table})",
  ],
  [
    "subquery",
    "in",
    "select o.* from {table} o where (o.{tenant}, o.{key}) in (select t.{tenant}, t.{key} from {table} t{where})",
  ],
  ["join", "self", "select o.*, t.* from {table} o join {table} t on t.{key} is not null{where}"],
  ["join", "full", "select o.*, x.* from {table} o full join (select t.* from {table} t{where}) x on false"],
  ["join", "natural", "select * from {table} o natural left join (select t.* from {table} t{where}) x"],
  [
    "lateral",
    "cross",
    "select x.* from (values (1)) v (n) cross join lateral (select t.* from {table} t{where}) x",
  ],
  [
    "lateral",
    "function",
    "select x.* from generate_series(1, 2) g cross join lateral (select t.*, g from {table} t{where} limit 50) x",
  ],
  [
    "set-operation",
    "union",
    "select t.{tenant}, t.{key} from {table} t{where} union select t.{tenant}, t.{key} from {table} t{where}",
  ],
  [
    "set-operation",
    "union-all",
    "select t::text from {table} t{where} union all select t::text from {table} t{where}",
  ],
  [
    "set-operation",
    "intersect",
    "select t.* from {table} t{where} intersect select t.* from {table} t{where}",
  ],
  [
    "set-operation",
    "except",
    "select t.* from {table} t{where} except select o.* from {table} o where false",
  ],
  ["cursor", "fetch", "declare c cursor for select t.* from {table} t{where}", "fetch all from c"],
  [
    "cursor",
    "hold",
    "declare c scroll cursor with hold for select t.* from {table} t{where}",
    "fetch all from c",
  ],
  ["prepared", "execute", "prepare p_read as select t.* from {table} t{where}", "execute p_read"],
  ["export", "query-to-xml", "select query_to_xml({quoted}, true, false, '')::text as n"],
  [
    "export",
    "cursor-to-xml",
    "declare c cursor for select t.* from {table} t{where}",
    "select cursor_to_xml('c', 100, true, false, '')::text as n",
  ],
  ["export", "copy-file", "copy (select t.* from {table} t{where}) to '/tmp/freehold-proof'"],
  ["export", "copy-program", "copy (select t.* from {table} t{where}) to program 'cat'"],
];

/** Every way of reading, with every condition. */
export function readAttacks(shape: Shape, aim: Aim): Attack[] {
  const { table, tenant, key } = shape;
  const predicates = predicatesFor(shape, aim);
  const fill = (texts: string[], where: string) => {
    const quoted = escapeLiteral(`select t.* from ${table} t${where}`);
    const parts: Record<string, string> = { table, tenant, key, where, quoted };
    return texts.map((text) => text.replaceAll(/\{(\w+)\}/g, (whole, part) => parts[part] ?? whole));
  };
  return forms.flatMap(([kind, form, ...texts]) =>
    predicates.map(({ name, sql, isForeign }): Attack => ({
      kind,
      name: `${kind}/${form}/${name}`,
      get statements() {
        return fill(texts, sql);
      },
      // An outer join and a document have rows of their own.
      expect: isForeign && kind !== "export" && kind !== "join" ? "none" : "unseen",
    })),
  );
}
