import { expect, test } from "vitest";
import type { ViolationHint } from "@/server/domain/violations/schema";
import { hintLine, readHintLines } from "./hint-lines";

const hint: ViolationHint = {
  source: "header",
  label: "x-tenant-id",
  saw: ["acme"],
  trusted: false,
  because: "",
  verdict: "untrusted",
  tenant: null,
  reason: "",
};

test("recorded hints become lines, and lines the same hints again", () => {
  const recorded: [ViolationHint, string][] = [
    [hint, "header untrusted acme"],
    [{ ...hint, source: "token", trusted: true, verdict: "decides" }, "token trusted acme"],
    [{ ...hint, saw: ["a", "b"], verdict: "malformed" }, "header untrusted a | b"],
    [{ ...hint, saw: [""], verdict: "malformed" }, 'header untrusted ""'],
    [{ ...hint, source: "token", saw: [], verdict: "malformed" }, "token malformed"],
    [{ ...hint, source: "host", saw: ["a.test"], verdict: "ignored" }, "host ignored a.test"],
  ];
  expect(recorded.map(([one]) => hintLine(one))).toEqual(recorded.map(([, text]) => text));
  const read = readHintLines(recorded.map(([, text]) => text).join("\n"));
  expect("hints" in read && read.hints.map(({ source, saw, trusted }) => ({ source, saw, trusted }))).toEqual(
    recorded.map(([{ source, saw, trusted }]) => ({ source, saw, trusted })),
  );
});

test("a line that is no hint is named, and empty lines do not count", () => {
  expect(readHintLines("\n  \n")).toEqual({ hints: [] });
  expect(readHintLines("token trusted a\nheader acme")).toEqual({ wrong: "header acme" });
  expect(readHintLines("Token trusted a")).toEqual({ wrong: "Token trusted a" });
});
