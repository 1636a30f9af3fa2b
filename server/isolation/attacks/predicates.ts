import { escapeLiteral } from "pg";
import type { Aim } from "./attack";
import type { Shape } from "./shapes";

/** A condition on `t`, and whether rows that meet it can only be another tenant's. */
export interface Predicate {
  name: string;
  sql: string;
  isForeign: boolean;
}

/** The conditions that reads and writes are tried with; the first is none at all. */
export function predicatesFor({ tenant, key, column }: Shape, { own, foreign }: Aim): Predicate[] {
  const [mine, theirs] = [escapeLiteral(own.tenant), escapeLiteral(foreign.tenant)];
  const theirKey = escapeLiteral(foreign.key);
  const predicate = (name: string, sql: string, isForeign: boolean) => ({
    name,
    sql: ` where ${sql}`,
    isForeign,
  });
  return [
    { name: "nothing", sql: "", isForeign: false },
    predicate("their-tenant", `t.${tenant} = ${theirs}`, true),
    predicate("not-mine", `t.${tenant} <> ${mine}`, true),
    predicate("not-not-mine", `not (t.${tenant} = ${mine})`, true),
    predicate("their-key", `t.${key} = ${theirKey} and t.${tenant} = ${theirs}`, true),
    predicate("any-of-both", `t.${tenant}::text in (${mine}, ${theirs})`, false),
    predicate("tautology", `t.${key} = ${theirKey} or true`, false),
    predicate("as-text", `t.${tenant}::text = ${theirs}`, true),
    predicate("distinct-from-mine", `t.${tenant} is distinct from ${mine}`, true),
    predicate("by-row", `(t.${tenant}, t.${key}) = (${theirs}, ${theirKey})`, true),
    predicate("by-place", "t.ctid is not null and t.tableoid is not null", false),
    predicate("division", `1 / (case when t.${tenant}::text = ${theirs} then 0 else 1 end) = 1`, false),
    predicate("cast", `t.${column}::text is not null and length(t.${column}::text) >= 0`, false),
    predicate("without-tenant", `t.${tenant} is null`, true),
  ];
}
