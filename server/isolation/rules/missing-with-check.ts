import { named, quoted } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const missingWithCheck = defineRule<
  { schema: string; name: string; type: string; policy: string; command: string } & { using_text: string }
>({
  id: "missing-with-check",
  title: "A policy that does not say what may be written",
  severity: "low",
  why: "USING stands in for it today; the next change to USING changes what may be written too.",
  query: `select schema, name, type, policy, command, using_text from every_policy where command in ('*', 'w') and check_text is null and using_text is not null`,
  found: (row) => ({
    object: `${named(row.policy)} on ${named(row.schema, row.name)}`,
    problem: "The policy has no WITH CHECK.",
    mend: [
      `ALTER POLICY ${quoted(row.policy)} ON ${quoted(row.schema, row.name)} WITH CHECK (${row.using_text})`,
    ],
  }),
});
