/**
 * One value per process. Next loads instrumentation and routes as separate module
 * instances, so module state alone would give a second database client and worker.
 */
export function singleton<T>(name: string, create: () => T): T {
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`freehold.${name}`);
  return (holder[key] ??= create());
}
