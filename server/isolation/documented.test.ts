import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { attackKinds } from "./attacks/attack";
import { rules } from "./rules";

const guide = readFileSync(join(import.meta.dirname, "../../docs/ISOLATION.md"), "utf8");

/** The rows of the table whose first head is this, cells trimmed. */
function tableOf(head: string): string[][] {
  const lines = guide.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${head} `));
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(0, end).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

test("the guide has every rule as it is, in the order of the report's severities", () => {
  const severities = ["critical", "high", "medium", "low"];
  const expected = rules
    .toSorted((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
    .map(({ id, severity, title, why }) => [`\`${id}\``, severity, `${title}. ${why}`]);
  expect(tableOf("rule")).toEqual(expected);
});

test("the guide names every kind of attack", () => {
  const named = tableOf("kinds").flatMap(([kinds = ""]) =>
    kinds.split(", ").map((kind) => kind.replaceAll("`", "")),
  );
  expect(named.toSorted()).toEqual([...attackKinds].toSorted());
});
