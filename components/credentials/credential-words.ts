import type { ApiOutputs } from "@/components/api/outputs";
import type { Tone } from "@/components/ui/tone";
import type { CredentialStatus } from "@/server/domain/credentials/names";

export type Credential = ApiOutputs["credentials"]["list"]["items"][number];
export type Issued = ApiOutputs["credentials"]["issue"];

interface Look {
  tone: Tone;
  word: string;
  pulse?: true;
}

const looks: Record<CredentialStatus, Look> = {
  pending: { tone: "amber", word: "Pending", pulse: true },
  active: { tone: "green", word: "Active" },
  rotating: { tone: "amber", word: "Rotating", pulse: true },
  revoked: { tone: "grey", word: "Revoked" },
};

export const credentialStatusWord = (status: CredentialStatus) => looks[status].word;

/** How a credential stands now; one whose time is up is refused before the sweep ends it. */
export function credentialLook({ status, expiresAt }: Credential, now: number): Look {
  const isOver = status === "active" && expiresAt !== null && expiresAt.getTime() <= now;
  return isOver ? { tone: "grey", word: "Expired" } : looks[status];
}

export const audienceWords: Record<Credential["audience"], { label: string; meaning: string }> = {
  services: { label: "Services", meaning: "Handed to services by Freehold; nobody sees its secret." },
  direct: { label: "Direct", meaning: "For a person, a script or a tool; its secret was shown once." },
};
