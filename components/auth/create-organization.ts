import type { ApiOutputs } from "@/components/api/outputs";
import { plainMutation } from "./plain-mutation";

type Created = Pick<ApiOutputs["organizations"]["create"], "organization" | "environment">;

/** Creates the organization of someone who has just signed up. */
export const createFirstOrganization = (name: string) =>
  plainMutation<Created>("organizations.create", { name });
