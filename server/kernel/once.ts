/** What `name` was opened as, or opens it; without a memory it opens each time. */
export async function once<T>(
  known: Map<string, Promise<T>> | undefined,
  name: string,
  open: () => Promise<T>,
): Promise<T> {
  const opening = known?.get(name) ?? open();
  known?.set(name, opening);
  return opening;
}
