import type { KekProvider, KekWrapper, KeyContext, WrappedDek } from "./key-provider";

/** Re-wraps in this process, where the key service cannot, or between two of them. */
export async function rewrapHere(
  from: Pick<KekProvider, "unwrap">,
  to: Pick<KekWrapper, "wrap">,
  wrapped: WrappedDek,
  context: KeyContext,
): Promise<WrappedDek> {
  const dek = await from.unwrap(wrapped, context);
  try {
    return await to.wrap(dek, context);
  } finally {
    dek.fill(0);
  }
}
