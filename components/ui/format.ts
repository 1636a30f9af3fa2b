const KB = 1024;
const MB = KB * 1024;
const GB = MB * 1024;
const TB = GB * 1024;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Bytes as people read them: "0 kB", "96 kB", "12.4 MB", "1.2 GB". */
export function formatBytes(bytes: number) {
  if (bytes === 0) return "0 kB";
  if (bytes < MB / 10) return `${Math.max(1, Math.round(bytes / KB))} kB`;
  if (bytes < GB * 0.9995) return `${(bytes / MB).toFixed(1)} MB`;
  if (bytes < TB) return `${(bytes / GB).toFixed(1)} GB`;
  return `${(bytes / TB).toFixed(1)} TB`;
}

function pair(value: number, units: { large: number; small: number; names: [string, string] }) {
  const large = Math.floor(value / units.large);
  const small = Math.floor((value % units.large) / units.small);
  return small ? `${large} ${units.names[0]} ${small} ${units.names[1]}` : `${large} ${units.names[0]}`;
}

/** Milliseconds as people say them: "340 ms", "2.4 s", "1 min 12 s", "3 h 5 min", "2 d 4 h". */
export function formatDuration(milliseconds: number) {
  const value = Math.max(0, milliseconds);
  if (value < SECOND) return `${Math.round(value)} ms`;
  if (value < 9.95 * SECOND) return `${(value / SECOND).toFixed(1)} s`;
  if (value < MINUTE) return `${Math.floor(value / SECOND)} s`;
  if (value < HOUR) return pair(value, { large: MINUTE, small: SECOND, names: ["min", "s"] });
  if (value < DAY) return pair(value, { large: HOUR, small: MINUTE, names: ["h", "min"] });
  return pair(value, { large: DAY, small: HOUR, names: ["d", "h"] });
}

function formatDay(date: Date, now: Date, timeZone?: string) {
  const sameYear = date.getUTCFullYear() === now.getUTCFullYear();
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: sameYear ? undefined : "numeric",
    timeZone,
  }).format(date);
}

function formatDistance(distance: number, round: (value: number) => number) {
  const seconds = round(distance / (10 * SECOND)) * 10;
  if (seconds < 60) return `${seconds} s`;
  if (round(distance / MINUTE) < 60) return `${round(distance / MINUTE)} min`;
  if (round(distance / HOUR) < 24) return `${round(distance / HOUR)} h`;
  return `${round(distance / DAY)} d`;
}

/**
 * "just now", "5 min ago", "in 3 h"; beyond a week the day, with the year when it is another one. What has passed
 * is counted whole, and what is to come to the nearest: a week that has just begun is "in 7 d".
 */
export function formatRelative(date: Date, now: Date, timeZone?: string) {
  const distance = Math.abs(now.getTime() - date.getTime());
  if (distance < 10 * SECOND) return "just now";
  if (distance >= 7 * DAY) return formatDay(date, now, timeZone);
  return date < now
    ? `${formatDistance(distance, Math.floor)} ago`
    : `in ${formatDistance(distance, Math.round)}`;
}

/** Date and time to the second, in the zone given or the person's own: "21 Nov 2026, 14:02:07 UTC". */
export function formatExact(date: Date, timeZone?: string) {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone,
    timeZoneName: "short",
  }).format(date);
}

/** Up to two letters for a round picture; a name without letters gives its first sign. */
export function initialsOf(name: string) {
  const words = name
    .trim()
    .split(/[\s@._-]+/u)
    .filter(Boolean);
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const first = words.slice(0, 2).map((word) => {
    for (const { segment } of segmenter.segment(word)) return segment;
    return "";
  });
  return first.join("").toLocaleUpperCase() || "?";
}
