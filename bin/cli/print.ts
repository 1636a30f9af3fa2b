import { stripVTControlCharacters, styleText } from "node:util";

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Bold and such, where people read and nowhere else. */
export function styled(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const isWide = (grapheme: string) =>
  /\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hang}|\p{Emoji_Presentation}|[\uff01-\uff60]/u.test(grapheme);

/** How many cells of a terminal the text takes. */
export function widthOf(text: string): number {
  const parts = [...graphemes.segment(stripVTControlCharacters(text))];
  return parts.reduce((width, { segment }) => width + (isWide(segment) ? 2 : 1), 0);
}

/** One line of a terminal: what a server says must not move its cursor. */
export const oneLine = (text: string) => stripVTControlCharacters(text).replaceAll(/\p{Cc}+/gu, " ");

/** Columns as wide as they need to be. */
export function printTable(head: string[], rows: string[][]): void {
  const clean = rows.map((row) => row.map(oneLine));
  const widths = head.map((title, column) =>
    Math.max(widthOf(title), ...clean.map((row) => widthOf(row[column] ?? ""))),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - widthOf(cell)))
      .join("  ")
      .trimEnd();
  print(styled("dim", line(head)));
  for (const row of clean) print(line(row));
}

/** Names and values below each other; what is empty is left out. */
export function printFacts(facts: Record<string, string>): void {
  const shown = Object.entries(facts).filter(([, value]) => value !== "");
  const width = Math.max(...shown.map(([name]) => widthOf(name)));
  for (const [name, value] of shown) print(`${styled("dim", name.padEnd(width))}  ${oneLine(value)}`);
}

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** "3 minutes ago"; "now" within a minute. */
export function ago(moment: string, now = Date.now()): string {
  const seconds = (Date.parse(moment) - now) / 1000;
  const fitting = units.find(([, length]) => Math.abs(seconds) >= length);
  if (!fitting) return "now";
  const count = seconds / fitting[1];
  // What is full of three months is not told as two for the minute that has passed.
  return relative.format(count < 0 ? Math.trunc(count) : Math.round(count), fitting[0]);
}

/** A moment to the minute, in UTC. */
export const moment = (text: string) => `${new Date(text).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** Bytes as people read them, in powers of 1024 and in the words of the console. */
export function size(bytes: number): string {
  const names = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(names.length - 1, bytes > 0 ? Math.floor(Math.log2(bytes) / 10) : 0);
  const value = bytes / 1024 ** power;
  return `${value.toLocaleString("en", { maximumFractionDigits: power === 0 ? 0 : 1 })} ${names[power]}`;
}
