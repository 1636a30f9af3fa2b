import type { Limits } from "@/server/data-server/access";
import type { Tier } from "@/server/domain/organizations/names";

/** What one tenant may take of the data server, by the tier of its organization. */
const byTier: Record<Tier, Omit<Limits, "sizeMb">> = {
  standard: { statementMs: 5_000, rows: 100_000, resultBytes: 16 * 1024 * 1024, memoryMb: 128 },
  premium: { statementMs: 15_000, rows: 500_000, resultBytes: 32 * 1024 * 1024, memoryMb: 256 },
  enterprise: { statementMs: 60_000, rows: 1_000_000, resultBytes: 64 * 1024 * 1024, memoryMb: 512 },
};

export const limitsOf = (tier: Tier, sizeMb: number): Limits => ({ ...byTier[tier], sizeMb });
