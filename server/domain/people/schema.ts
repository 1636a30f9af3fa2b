import { z } from "zod";
import { Name } from "@/server/domain/environments/schema";

export const RenamePerson = z.strictObject({ name: Name });
export type RenamePerson = z.infer<typeof RenamePerson>;
