import { comparesColumn, namesColumn } from "@/server/isolation/comparison";
import { rewritePolicy } from "@/server/isolation/policies";
import { preludeFor } from "@/server/isolation/prelude";
import { named } from "@/server/isolation/quote";
import { mostFindings, type Rule } from "@/server/isolation/rule";

interface PolicyText {
  oid: string;
  schema: string;
  name: string;
  type: string;
  policy: string;
  command: string;
  polpermissive: boolean;
  for_everybody: boolean;
  using_text: string | null;
  check_text: string | null;
  column: string;
}

const query = `select oid::text, schema, name, type, policy, command, polpermissive, for_everybody, using_text, check_text,
  quote_ident($3::text) as "column" from every_policy`;

export const policyNotCompared: Rule = {
  id: "policy-not-compared",
  title: "A policy that names the tenant and does not compare it",
  severity: "high",
  why: "A condition such as IS NOT NULL, or an alternative beside the comparison, holds for rows of every tenant.",
  yieldsTo: ["policy-fail-open", "policy-bypass-switch"],
  async find(client, scope) {
    const { rows } = await client.query<PolicyText>(`${preludeFor(query)} ${query}`, scope.parameters);
    const guarded = new Set(rows.filter(isGuard).map(({ oid }) => oid));
    return rows
      .filter((row) => !guarded.has(row.oid) && (row.polpermissive || row.command === "*") && isLoose(row))
      .slice(0, mostFindings + 1)
      .map((row) => ({
        object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
        problem: "The policy is true for rows of other tenants, and no restrictive policy stands behind it.",
        mend: rewritePolicy(row, scope),
      }));
  },
};

const textsOf = ({ using_text: using, check_text: check }: PolicyText) =>
  [using, check].filter((text) => text !== null);

const isGuard = (row: PolicyText) =>
  !row.polpermissive &&
  row.command === "*" &&
  row.for_everybody &&
  textsOf(row).every((text) => comparesColumn(text, row.column));

const isLoose = (row: PolicyText) =>
  textsOf(row).some((text) => namesColumn(text, row.column) && !comparesColumn(text, row.column));
