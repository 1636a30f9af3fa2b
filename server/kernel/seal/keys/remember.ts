/** Asks `load` once and again after `ms`. Callers at the same time share one answer; a failure is forgotten. */
export function remember<T>(ms: number, load: () => Promise<T>): () => Promise<T> {
  let known: { at: number; value: Promise<T> } | undefined;
  return () => {
    if (known && performance.now() - known.at < ms) return known.value;
    const value = load();
    const fresh = { at: performance.now(), value };
    known = fresh;
    value.catch(() => {
      if (known === fresh) known = undefined;
    });
    return value;
  };
}
