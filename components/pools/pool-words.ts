import type { Tone } from "@/components/ui/tone";
import { slugRefusal } from "@/server/domain/environments/names";
import type { PoolState } from "@/server/domain/pools/names";

export const poolDescription =
  "A pool is one Postgres database that many tenants share. Row level security keeps their rows apart.";

export const createCommand = "freehold pool create Schools --cluster postgres";

interface Look {
  tone: Tone;
  word: string;
  pulse?: true;
  /** What it means for those who are in it and for those who come. */
  meaning: string;
}

export const poolLooks: Record<PoolState, Look> = {
  creating: {
    tone: "amber",
    word: "Creating",
    pulse: true,
    meaning: "Its database is being made. It takes tenants when that is there.",
  },
  active: { tone: "green", word: "Active", meaning: "New tenants land in it." },
  draining: {
    tone: "amber",
    word: "Draining",
    meaning: "It takes no new tenant. Those that it has are served as before.",
  },
  failed: { tone: "red", word: "Failed", meaning: "Its database could not be made, so it takes no tenant." },
};

export function tenantsText(count: number): string {
  return count === 1 ? "1 tenant" : `${count.toLocaleString("en-GB")} tenants`;
}

/** The command that makes the same pool; names are quoted for a POSIX shell. */
export function commandFor(pool: { name: string; slug: string; cluster: string; capacity: number | null }) {
  const { name, slug, cluster, capacity } = pool;
  return [
    `freehold pool create ${quoted(name)}`,
    ...(slugRefusal(slug) === null ? [`--slug ${slug}`] : []),
    `--cluster ${cluster}`,
    ...(capacity === null ? [] : [`--capacity ${capacity}`]),
  ].join(" ");
}

const quoted = (text: string) =>
  /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
