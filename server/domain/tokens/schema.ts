import { z } from "zod";
import { EnvironmentId } from "@/server/domain/environments/schema";

export const Audience = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, "An audience is 1 to 255 printable ASCII characters without spaces.")
  .describe("The service that the token is for, as it names itself.");

export const IssueToken = z.strictObject({ environment: EnvironmentId, audience: Audience });
export type IssueToken = z.infer<typeof IssueToken>;
