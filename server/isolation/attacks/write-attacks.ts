import { escapeLiteral } from "pg";
import type { Aim, Attack, AttackKind, Expectation } from "./attack";
import { predicatesFor } from "./predicates";
import type { Shape } from "./shapes";

interface Form {
  kind: AttackKind;
  name: string;
  of: (where: string, returning: string) => string;
}

const returnings = { silent: "", returning: " returning *", "returning-old-new": " returning old.*, new.*" };

/** Every way of changing rows, with every condition, with and without RETURNING. */
export function writeAttacks(shape: Shape, aim: Aim): Attack[] {
  const attacks: Attack[] = [];
  for (const form of formsOf(shape, aim)) {
    for (const predicate of predicatesFor(shape, aim)) {
      for (const [name, returning] of Object.entries(returnings)) {
        attacks.push({
          kind: form.kind,
          name: `${form.kind}/${form.name}/${predicate.name}/${name}`,
          statements: [form.of(predicate.sql, returning)],
          expect: form.name.startsWith("moves") || predicate.isForeign ? "none" : "own",
        });
      }
    }
  }
  return [...attacks, ...insertAttacks(shape, aim), ...mergeAttacks(shape, aim)];
}

function formsOf({ table, tenant, key, column }: Shape, { foreign }: Aim): Form[] {
  const theirs = escapeLiteral(foreign.tenant);
  const set = `set ${column} = t.${column}`;
  const move = `set ${tenant} = ${theirs}`;
  // What OR joins, a further AND must not split.
  const group = (where: string) =>
    where === "" ? " where" : ` where (${where.slice(" where ".length)}) and`;
  return [
    { kind: "update", name: "set", of: (w, r) => `update ${table} t ${set}${w}${r}` },
    { kind: "update", name: "moves", of: (w, r) => `update ${table} t ${move}${w}${r}` },
    {
      kind: "update",
      name: "from",
      of: (w, r) => `update ${table} t ${set} from (values (1)) v (n)${w}${r}`,
    },
    {
      kind: "update",
      name: "cte",
      of: (w, r) => `with x as (update ${table} t ${set}${w}${r || " returning 1"}) select * from x`,
    },
    { kind: "delete", name: "rows", of: (w, r) => `delete from ${table} t${w}${r}` },
    {
      kind: "delete",
      name: "using",
      of: (w, r) =>
        `delete from ${table} t using ${table} o${group(w)} o.${tenant} = t.${tenant} and o.${key} = t.${key}${r}`,
    },
    {
      kind: "delete",
      name: "cte",
      of: (w, r) => `with x as (delete from ${table} t${w}${r || " returning 1"}) select * from x`,
    },
  ];
}

function insertAttacks({ table, tenant, key, column }: Shape, { own, foreign, nobody }: Aim): Attack[] {
  const [theirs, mine, fresh] = [foreign.tenant, own.tenant, nobody].map((value) => escapeLiteral(value));
  const insert = (name: string, statement: string, expect: Expectation = "none"): Attack[] =>
    Object.entries(returnings).map(([ending, returning]) => ({
      kind: name.startsWith("conflict") ? "on-conflict" : "insert",
      name: `insert/${name}/${ending}`,
      statements: [`${statement}${returning}`],
      expect,
    }));
  const columns = `(${tenant}, ${key})`;
  const theirKey = escapeLiteral(foreign.key);
  return [
    ...insert("for-them", `insert into ${table} ${columns} values (${theirs}, ${fresh})`),
    ...insert("for-them-select", `insert into ${table} ${columns} select ${theirs}, ${fresh}`),
    ...insert(
      "for-them-overriding",
      `insert into ${table} ${columns} overriding system value values (${theirs}, ${fresh})`,
    ),
    ...insert(
      "for-them-copy",
      `insert into ${table} select t.* from ${table} t where t.${tenant} = ${theirs}`,
    ),
    ...insert("for-nobody", `insert into ${table} ${columns} values (null, ${fresh})`),
    ...insert("both", `insert into ${table} ${columns} values (${mine}, ${fresh}), (${theirs}, ${fresh})`),
    ...insert(
      "conflict-nothing",
      `insert into ${table} ${columns} values (${theirs}, ${theirKey}) on conflict do nothing`,
    ),
    ...insert(
      "conflict-update",
      `insert into ${table} as t ${columns} values (${theirs}, ${theirKey}) on conflict (${tenant}, ${key}) do update set ${column} = t.${column}`,
    ),
    ...insert(
      "conflict-where",
      `insert into ${table} as t ${columns} values (${theirs}, ${theirKey}) on conflict (${tenant}, ${key}) do update set ${column} = t.${column} where t.${tenant} = ${theirs}`,
    ),
    ...insert(
      "conflict-move",
      `insert into ${table} as t ${columns} values (${mine}, ${escapeLiteral(own.key)}) on conflict (${tenant}, ${key}) do update set ${tenant} = ${theirs}`,
    ),
  ];
}

function mergeAttacks({ table, tenant, key, column }: Shape, { foreign, nobody }: Aim): Attack[] {
  const theirs = escapeLiteral(foreign.tenant);
  const on = `t.${tenant} = ${theirs}`;
  const source = `using (select ${theirs} as a, ${escapeLiteral(foreign.key)} as b) s`;
  const actions: Record<string, [string, string]> = {
    update: [on, `when matched then update set ${column} = t.${column}`],
    delete: [on, "when matched then delete"],
    move: ["true", `when matched then update set ${tenant} = ${theirs}`],
    insert: [
      `${on} and false`,
      `when not matched then insert (${tenant}, ${key}) values (${theirs}, ${escapeLiteral(nobody)})`,
    ],
    "by-source": [`${on} and false`, `when not matched by source and t.${tenant} = ${theirs} then delete`],
    "by-key": [`t.${tenant}::text = s.a and t.${key}::text = s.b`, "when matched then delete"],
  };
  return Object.entries(actions).flatMap(([name, [condition, action]]) =>
    ["", " returning merge_action(), t.*"].map((returning) => ({
      kind: "merge" as const,
      name: `merge/${name}${returning === "" ? "" : "/returning"}`,
      statements: [`merge into ${table} t ${source} on ${condition} ${action}${returning}`],
      expect: "none" as const,
    })),
  );
}
