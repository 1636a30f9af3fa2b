import type { ApiOutputs } from "@/components/api/outputs";
import { plainMutation } from "./plain-mutation";

type Accepted = Pick<ApiOutputs["invitations"]["accept"], "organization">;

/** Makes the signed-in person a member. */
export const acceptInvitation = (invitation: string, token: string) =>
  plainMutation<Accepted>("invitations.accept", { invitation, token });
