import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDomainError } from "@/server/kernel/errors";
import { refusedCommands, usual, type CurlCase } from "./curl.data";
import { longestCommand } from "./names";
import { readCurl } from "./read-curl";

function linesOf(command: string): string[] {
  const { method, path, headers } = readCurl(command);
  const lines = [...headers].flatMap(([name, values]) => values.map((value) => `${name}: ${value}`));
  return [`${method} ${path}`, ...lines.filter((line) => !/^(user-agent|accept):/.test(line))];
}

const titled = (rows: readonly CurlCase[]) =>
  rows.map((row) => [JSON.stringify(row.command.slice(0, 100)), row] as const);

describe("a command is read as the request that it would send", () => {
  test.each(titled(usual))("%s", (_title, { command, is, notes }) => {
    expect(linesOf(command)).toEqual(is);
    const said = readCurl(command).notes.join(" ");
    if (notes) expect(said).toMatch(notes);
    else expect(said).toBe("");
  });
});

describe("what is no request is refused with the reason", () => {
  test.each(titled(refusedCommands))("%s", (_title, { command, is }) => {
    expect(() => readCurl(command)).toThrow("refused" in is ? is.refused : /never/);
  });
});

test("the tables have at least forty commands, and none twice", () => {
  const all = [...usual, ...refusedCommands].map(({ command }) => command);
  expect(all.length).toBeGreaterThanOrEqual(40);
  expect(new Set(all).size).toBe(all.length);
});

const pieces = [
  "'",
  '"',
  "\\",
  "\n",
  "$'",
  "$",
  "{",
  "}",
  "^",
  "#",
  "-H ",
  "--url ",
  "x: y",
  " ",
  "\0",
  "`",
  "|",
  "(",
  "é",
];

test("whatever is pasted behind curl is read or refused by name, and never an accident", () => {
  const pasted = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(pasted, (parts) => {
      try {
        readCurl(`curl https://a.test ${parts.join("")}`);
      } catch (error) {
        expect(isDomainError(error) && error.code).toBe("invalid");
      }
    }),
    { numRuns: 2000 },
  );
});

test("the longest command that is taken is read, however hostile, and an end comes", () => {
  for (const piece of ["'a' ", '"\\"" ', "$'a' ", "\\\n", "${a} ", "$(", '^"', "((", "''\"\""]) {
    const command = `curl https://a.test/ ${piece.repeat(longestCommand)}`.slice(0, longestCommand);
    try {
      readCurl(command);
    } catch (error) {
      expect(isDomainError(error)).toBe(true);
    }
  }
});
