import { z } from "zod";
import { EnvironmentId } from "@/server/domain/environments/schema";

export const Location = z.strictObject({
  organization: z.string().min(1).max(63),
  environment: z.string().min(1).max(63).optional(),
});
export type Location = z.infer<typeof Location>;

export const SearchEverything = z.strictObject({ text: z.string().trim().max(100) });
export type SearchEverything = z.infer<typeof SearchEverything>;

export const VisitEnvironment = z.strictObject({ environment: EnvironmentId });
export type VisitEnvironment = z.infer<typeof VisitEnvironment>;
