import type { ApiOutputs } from "@/components/api/outputs";
import type { EnvironmentRole } from "@/server/kernel/roles";

export type EnvironmentMemberRow = ApiOutputs["members"]["listEnvironment"]["items"][number];

export interface MembersPlace {
  organization: { slug: string; name: string };
  /** With the role of the person who is looking. */
  environment: { id: string; slug: string; name: string; role: EnvironmentRole };
}
