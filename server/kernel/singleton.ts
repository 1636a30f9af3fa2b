const asHolder = <T>(value: unknown) => value as Record<symbol, T | undefined>;

/**
 * One value per process. Next loads instrumentation and routes as separate module
 * instances, so module state alone would give a second database client and worker.
 */
export function singleton<T>(name: string, create: () => T): T {
  const holder = asHolder<T>(globalThis);
  const key = Symbol.for(`freehold.${name}`);
  return (holder[key] ??= create());
}
