const shape =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z-]{1,40}(?:\.[0-9A-Za-z-]{1,40}){0,9}))?$/;

/** `1.4.0` or `2.0.0-rc.1`: a semantic version without build metadata. */
export function isVersion(text: string): boolean {
  const [, , , , suffix] = shape.exec(text) ?? [];
  const parts = suffix?.split(".") ?? [];
  return shape.test(text) && parts.every((part) => !/^0\d+$/.test(part) && !/^\d{10,}$/.test(part));
}

/** The version in a form whose text order is the order of versions. */
export function sortKeyOf(version: string): string {
  const [, major = "", minor = "", patch = "", suffix] = shape.exec(version) ?? [];
  const numbers = [major, minor, patch].map((number) => number.padStart(9, "0")).join(".");
  // `~` comes after `-`: a release is newer than what led to it.
  if (suffix === undefined) return `${numbers}~`;
  const parts = suffix
    .split(".")
    .map((part) => (/^\d+$/.test(part) ? `0${part.padStart(9, "0")}` : `1${part}`));
  return `${numbers}-${parts.join("!")}`;
}
