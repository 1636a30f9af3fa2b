import type { z } from "zod";

/** For a schema of an object: what is said when it is none, and of fields that there are not. */
export function saysOfObject(issue: z.core.$ZodRawIssue): string {
  return issue.code === "unrecognized_keys"
    ? `There is no field ${issue.keys.join(", ")}.`
    : "Send a JSON object.";
}

/** What is answered with 400: a sentence for each field, which its schema has. */
export function mistakesIn({ issues }: z.ZodError) {
  return { code: "invalid", detail: issues.map(({ message }) => message).join(" ") };
}
