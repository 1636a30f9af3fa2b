import { InvalidArgumentError } from "commander";

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

function read(text: string): number | null {
  const [, count, unit = ""] = /^(\d{1,7})([smhd])$/.exec(text) ?? [];
  const length = units[unit];
  return count === undefined || length === undefined ? null : Number(count) * length;
}

/** `90s`, `30m`, `1h` or `7d`, in seconds. */
export function seconds(text: string): number {
  const value = text === "0" ? 0 : read(text);
  if (value === null) throw new InvalidArgumentError("Give a time such as 90s, 30m, 1h or 7d.");
  return value;
}

// commander takes null for a value that is missing.
/** `30d` in days, or `never`. */
export function daysOrNever(text: string): number | "never" {
  if (text === "never") return text;
  const value = read(text);
  if (value === null || value % 86_400 !== 0)
    throw new InvalidArgumentError("Give whole days such as 30d, or never.");
  return value / 86_400;
}

/** A number of days, as `30` or `30d`. */
export function days(text: string): number {
  const value = daysOrNever(/^\d+$/.test(text) ? `${text}d` : text);
  if (value === "never") throw new InvalidArgumentError("Give a number of days.");
  return value;
}
