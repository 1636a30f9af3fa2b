import { expect, test } from "vitest";
import { csvCell, toCsv } from "./csv";

test.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\tx",
  "\rx",
  "\nx",
  " =1+1",
  "＝1+1",
  "＋1",
  "－1",
  "＠x",
  "\u3000=1",
])("a cell that begins like %j is not run by a spreadsheet", (text) => {
  expect(csvCell(text)).toBe(`"'${text}"`);
});

test("an ordinary cell is quoted and stays what it is", () => {
  expect(csvCell("a@b.example")).toBe('"a@b.example"');
  expect(csvCell("<img onerror=alert(1)>")).toBe('"<img onerror=alert(1)>"');
  expect(csvCell(17)).toBe('"17"');
  expect(csvCell(null)).toBe('""');
});

test("quotes cannot end a cell early", () => {
  expect(csvCell('say "=1" twice')).toBe('"say ""=1"" twice"');
  expect(csvCell('","=1+1')).toBe('""",""=1+1"');
});

test("a file has a header, one line per row and the mark of UTF-8", () => {
  expect(toCsv(["a", "b"], [["1", 2]])).toBe('\uFEFF"a","b"\r\n"1","2"\r\n');
});
