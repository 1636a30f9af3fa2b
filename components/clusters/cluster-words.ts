import type { Tone } from "@/components/ui/tone";
import type { ClusterState, DriverKind } from "@/server/domain/clusters/names";

export const driverLabels: Record<DriverKind, string> = {
  sqlite: "SQLite",
  postgres: "Postgres",
  turso: "Turso",
};

export const driverOptions = (["sqlite", "postgres", "turso"] as const).map((value) => ({
  value,
  label: driverLabels[value],
}));

interface Look {
  tone: Tone;
  word: string;
  /** What it means for those who are on it and for those who come. */
  meaning: string;
}

export const stateLooks: Record<ClusterState, Look> = {
  active: { tone: "green", word: "Active", meaning: "New databases land here." },
  draining: {
    tone: "amber",
    word: "Draining",
    meaning: "It takes no new database. Those that it has are served as before.",
  },
  offline: { tone: "red", word: "Offline", meaning: "It takes no new database until a test goes well." },
};
