import { z } from "zod";
import { Moment } from "@/server/kernel/page-output";

export const IssuedToken = z
  .object({
    token: z.string().describe("Shown in this answer and never again."),
    tokenType: z.literal("Bearer"),
    expiresAt: Moment,
  })
  .meta({ id: "IssuedToken" });
