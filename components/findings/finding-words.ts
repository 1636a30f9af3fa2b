import type { Tone } from "@/components/ui/tone";
import type { FindingKind } from "@/server/domain/findings/names";

interface Words {
  label: string;
  tone: Tone;
  /** What it means that there is one. */
  meaning: string;
  /** What a person can do about it. */
  remedy: string;
}

export const findingWords: Record<FindingKind, Words> = {
  missing: {
    label: "Missing",
    tone: "red",
    meaning: "The registry has a database, but the cluster does not.",
    remedy: "Put the database back from a backup under its name, or delete the environment in its settings.",
  },
  damaged: {
    label: "Damaged",
    tone: "red",
    meaning:
      "There is a database, but its stamp is missing, unreadable or another environment’s. Freehold does not open it.",
    remedy:
      "Put the right database back from a backup under the same name. Keep the damaged one until the data is safe.",
  },
  unreachable: {
    label: "Unreachable",
    tone: "red",
    meaning: "The cluster did not answer, so nothing on it could be compared.",
    remedy: "Look at the cluster: whether it runs, and whether its address and its login are still right.",
  },
  orphan: {
    label: "Orphan",
    tone: "amber",
    meaning: "There is a database that no environment owns.",
    remedy: "Adopt it as an environment of an organization, or destroy it. Its menu offers both.",
  },
  leftover: {
    label: "Leftover",
    tone: "grey",
    meaning:
      "There has been something beside the databases for more than a minute: an unfinished creation, a journal of a dropped database, a stranger’s file.",
    remedy: "Remove it by hand while no creation is under way. It belongs to no environment.",
  },
};
