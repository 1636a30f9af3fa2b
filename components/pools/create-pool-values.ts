import type { ApiInputs } from "@/components/api/inputs";
import { capacityOf } from "@/components/clusters/capacity-field";

/** What the form holds: text as it is typed. */
export interface CreatePoolValues {
  name: string;
  slug: string;
  /** An id; empty while none is chosen. */
  cluster: string;
  capacity: string;
}

/** The form as the procedure takes it. */
export function toCreate({ name, slug, cluster, capacity }: CreatePoolValues): ApiInputs["pools"]["add"] {
  return { name: name.trim(), slug, cluster, capacity: capacityOf(capacity) };
}
