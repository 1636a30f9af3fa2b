import { z } from "zod";

export const Me = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    isOperator: z.boolean(),
  })
  .meta({ id: "Me" });
