import { z } from "zod";
import { credentialScopes } from "@/server/domain/credentials/names";
import { Name } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { serviceScopes } from "./names";

export const AddService = z.strictObject({
  name: Name,
  scopes: z
    .array(z.enum(serviceScopes))
    .min(1, "Choose at least one scope.")
    .default([...serviceScopes]),
  credentialScope: z.enum(credentialScopes, "Choose readonly, readwrite or admin.").default("readwrite"),
  days: z
    .number()
    .int()
    .min(1, "A key lives at least one day.")
    .max(730, "A key lives at most two years.")
    .nullable()
    .default(null)
    .describe("Days until it ends; null: until it is revoked."),
});
export type AddService = z.infer<typeof AddService>;

export const ServiceRef = z.strictObject({ service: z.uuid("This is not the id of a service.") });
export type ServiceRef = z.infer<typeof ServiceRef>;

export const ListServices = z.strictObject({ ...pageInput });
export type ListServices = z.infer<typeof ListServices>;
