/** Every value of a header, as they came. Node keeps to itself that there were two of some. */
export function readHeader(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [written = "", value = ""] = [rawHeaders[at], rawHeaders[at + 1]];
    if (written.length === name.length && written.toLowerCase() === name) values.push(value);
  }
  return values;
}
