import type { ZodError } from "zod";

type Issue = ZodError["issues"][number];

const kinds: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "null",
};
const formats: Record<string, string> = {
  uuid: "an id",
  datetime: "a moment such as 2026-01-31T12:00:00Z",
  url: "an address",
  email: "an e-mail address",
};
const units: Record<string, [one: string, many: string]> = {
  string: ["character", "characters"],
  array: ["entry", "entries"],
};

/** What is wrong with an input, for people: a schema's own sentence, else one in place of the library's words. */
export function sentenceOf(issue: Issue): string {
  if (issue.code === "unrecognized_keys") return `Unknown field: ${issue.keys.join(", ").slice(0, 100)}.`;
  // Sentences of ours end with a full stop, and what the library says by itself does not.
  if (issue.message.endsWith(".")) return issue.message;
  const field = issue.path.join(".") || "This";
  return `${field} ${wish(issue)}.`;
}

function wish(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${kinds[issue.expected] ?? "something else"}`;
    case "invalid_format":
      return `must be ${formats[issue.format] ?? "written in another way"}`;
    case "invalid_value":
      return `must be one of: ${issue.values.map(String).join(", ").slice(0, 200)}`;
    case "too_big":
      return `must ${bound("at most", issue.maximum, issue.origin)}`;
    case "too_small":
      return `must ${bound("at least", issue.minimum, issue.origin)}`;
    default:
      return "is not valid";
  }
}

function bound(side: string, limit: number | bigint, origin: string): string {
  const unit = units[origin];
  return unit ? `have ${side} ${limit} ${unit[Number(limit) === 1 ? 0 : 1]}` : `be ${side} ${limit}`;
}
