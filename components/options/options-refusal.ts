import { environmentRoleRefusal } from "@/components/environments/role-refusal";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { environmentRefusal } from "@/server/domain/environments/state";

/** Why options cannot be changed now; null when they can. */
export const optionsRefusal = (environment: EnvironmentDetail): string | null =>
  environmentRoleRefusal(environment.role, "options.write") ?? environmentRefusal("update", environment);
