import { z } from "zod";
import { pageInput } from "@/server/kernel/page-input";

export const findingKinds = ["orphan", "missing", "damaged", "leftover"] as const;

export const ListFindings = z.strictObject({ ...pageInput, kind: z.enum(findingKinds).optional() });
export type ListFindings = z.infer<typeof ListFindings>;
