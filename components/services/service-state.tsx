import type { ApiOutputs } from "@/components/api/outputs";
import { StatusDot } from "@/components/ui/status-dot";

export type Service = ApiOutputs["services"]["list"]["items"][number];

type State = "active" | "expired" | "revoked";

const looks = {
  active: { tone: "green", word: "Active" },
  expired: { tone: "grey", word: "Expired" },
  revoked: { tone: "grey", word: "Revoked" },
} as const;

export function serviceState({ revokedAt, expiresAt }: Service, now: number): State {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt.getTime() <= now ? "expired" : "active";
}

export function ServiceStateDot({ service, now }: { service: Service; now: number }) {
  const { tone, word } = looks[serviceState(service, now)];
  return <StatusDot tone={tone}>{word}</StatusDot>;
}
