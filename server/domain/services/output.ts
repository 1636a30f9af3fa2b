import { z } from "zod";
import { credentialScopes } from "@/server/domain/credentials/names";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { serviceScopes } from "./names";

const Service = z
  .object({
    id: z.uuid(),
    name: z.string(),
    start: z.string().describe("The first characters of its key."),
    scopes: z.array(z.enum(serviceScopes)),
    credentialScope: z.enum(credentialScopes),
    createdBy: z.string(),
    createdAt: Moment,
    expiresAt: Moment.nullable(),
    lastUsedAt: Moment.nullable(),
    revokedAt: Moment.nullable(),
  })
  .meta({ id: "Service" });

export const ServicePage = pageOutput(Service);
export const AddedService = z
  .object({ service: Service, key: z.string().describe("Shown in this answer and never again.") })
  .meta({ id: "AddedService" });
export const RevokedService = z.object({ revoked: z.literal(true) });
