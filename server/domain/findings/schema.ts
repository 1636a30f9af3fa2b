import { z } from "zod";
import { pageInput } from "@/server/kernel/page-input";
import { findingKinds } from "./names";

export const ListFindings = z.strictObject({ ...pageInput, kind: z.enum(findingKinds).optional() });
export type ListFindings = z.infer<typeof ListFindings>;
