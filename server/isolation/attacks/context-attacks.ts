import { escapeLiteral } from "pg";
import type { Aim, Attack } from "./attack";
import type { Shape } from "./shapes";

/** Where the tenant of a connection is kept, for attacks that put something else there. */
export interface Settings {
  tenant: string;
  proof: string;
}

/** Attempts to become the other tenant, or somebody with more rights, and read. */
export function contextAttacks(shape: Shape, aim: Aim, settings: Settings): Attack[] {
  return [...smuggled(shape, aim, settings), ...malformed(shape, aim, settings), ...roleAttacks(shape)];
}

function smuggled({ table }: Shape, { foreign, foreignProof }: Aim, settings: Settings): Attack[] {
  const set = (name: string, value: string, local = true) =>
    `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, ${local})`;
  const become = set(settings.tenant, foreign.tenant);
  const hex = "0123456789abcdef".repeat(4);
  const proofs: Record<string, string | null> = {
    own: null,
    empty: "",
    garbled: "x",
    "no-mac": "1.9999999999.",
    forged: `1.9999999999.${hex}`,
    expired: `1.1.${hex}`,
    short: `1.9999999999.${hex.slice(0, 8)}`,
    negative: `-1.-1.${hex}`,
    injected: "1.1.'||(select 1)||'",
    long: "9".repeat(4000),
    replayed: foreignProof,
  };
  const rows = `select t.* from ${table} t`;
  const forms: Record<string, (proof: string) => string[]> = {
    first: (proof) => [`select ${become}${proof}`, rows],
    session: (proof) => [`select ${set(settings.tenant, foreign.tenant, false)}${proof}`, rows],
    cte: (proof) => [
      `with x as materialized (select ${become}${proof}) select t.* from x, lateral (${rows} offset 0) t`,
    ],
    where: (proof) => [
      `${rows} where (select ${become}) is not null${proof === "" ? "" : ` and (select concat(''${proof})) is not null`}`,
    ],
    union: (proof) => [
      `select t::text from (select ${become} as t${proof}) t union all select t::text from ${table} t`,
    ],
    from: (proof) => [`select t.* from (select ${become}${proof}) x, ${table} t`],
    column: (proof) => [`select ${become}${proof}, (select string_agg(t::text, '') from ${table} t)`],
    order: () => [`${rows} order by ${become}`, rows],
  };
  const attacks: Attack[] = [];
  for (const [proofName, proof] of Object.entries(proofs)) {
    for (const [form, of] of Object.entries(forms)) {
      attacks.push({
        kind: "context",
        name: `context/${form}/${proofName}`,
        get statements() {
          return of(proof === null ? "" : `, ${set(settings.proof, proof)}`);
        },
        expect: "unseen",
      });
    }
  }
  return attacks;
}

/** Values that a careless policy takes for the other tenant, or for all, and settings put back. */
function malformed({ table, tenant }: Shape, { own, foreign }: Aim, settings: Settings): Attack[] {
  const rows = `select t.* from ${table} t`;
  const not = `${rows} where t.${tenant} is distinct from ${escapeLiteral(own.tenant)}`;
  const values = [
    "",
    " ",
    "null",
    "*",
    "%",
    "00000000-0000-0000-0000-000000000000",
    `${own.tenant},${foreign.tenant}`,
    foreign.tenant.toUpperCase(),
    `{${foreign.tenant}}`,
    ` ${foreign.tenant}`,
  ];
  const resets = [
    `reset ${settings.tenant}`,
    "reset all",
    "set row_security = off",
    "set local search_path = pg_temp",
    "set local session_replication_role = replica",
    `set ${settings.tenant} to default`,
  ];
  return [
    ...values.map((value, n): Attack => {
      const set = `select set_config(${escapeLiteral(settings.tenant)}, ${escapeLiteral(value)}, true)`;
      return { kind: "context", name: `context/value-${n}`, statements: [set, not], expect: "none" };
    }),
    ...resets.map((statement, n): Attack => {
      return { kind: "context", name: `context/reset-${n}`, statements: [statement, rows], expect: "unseen" };
    }),
  ];
}

function roleAttacks({ table, owner }: Shape): Attack[] {
  const rows = `select t.* from ${table} t`;
  const statements = [
    `set role ${owner}`,
    `set local role ${owner}`,
    "set role postgres",
    "reset role",
    "set role none",
    `set session authorization ${owner}`,
    "set session authorization default",
    "reset session authorization",
    `select set_config('role', ${escapeLiteral(owner)}, true)`,
    "select set_config('role', 'none', true)",
    "select set_config('session_authorization', 'postgres', true)",
    `grant ${owner} to current_user`,
    "alter role current_user bypassrls",
    "alter role current_user superuser",
    "create role freehold_proof bypassrls",
  ];
  return statements.map((statement, n) => ({
    kind: "role",
    name: `role/${n}`,
    statements: [statement, rows],
    expect: "unseen",
  }));
}
