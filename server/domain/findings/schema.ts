import { z } from "zod";
import { EnvironmentTypeChoice, Name, Slug } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { findingKinds } from "./names";

export const ListFindings = z.strictObject({ ...pageInput, kind: z.enum(findingKinds).optional() });
export const DestroyOrphan = z.strictObject({
  finding: z.uuid("This is not the id of a finding."),
  confirm: z.string("Confirm with the database's name.").max(100),
});
export type DestroyOrphan = z.infer<typeof DestroyOrphan>;

export const AdoptOrphan = z.strictObject({
  finding: z.uuid("This is not the id of a finding."),
  organization: z.string().min(1).max(63).describe("The slug or id of the organization that gets it."),
  name: Name,
  slug: Slug,
  envType: EnvironmentTypeChoice,
});
export type AdoptOrphan = z.infer<typeof AdoptOrphan>;

export type ListFindings = z.infer<typeof ListFindings>;
