import { z } from "zod";
import { Name } from "@/server/domain/environments/schema";

export const CreateApiKey = z.strictObject({
  name: Name,
  /** Days until it ends: one day to two years. */
  days: z
    .number()
    .int()
    .min(1, "A key lives at least one day.")
    .max(730, "A key lives at most two years.")
    .default(90),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export const RevokeApiKey = z.strictObject({ apiKey: z.uuid() });
export type RevokeApiKey = z.infer<typeof RevokeApiKey>;
