/** What a service is given by its surroundings; ends the program when something is missing. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  process.stderr.write(`Set ${name}. npm run example starts everything with what it needs.\n`);
  return process.exit(2);
}

/** Calls `close` once, when the program is asked to end or whoever started it is gone. */
export function whenEnding(close: () => Promise<void>): void {
  const ended = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.resolve());
  process.once("disconnect", () => ended.resolve());
  void ended.promise.then(close).finally(() => process.exit(0));
}
