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
    meaning: "The registry has a database, but there is no file.",
    remedy: "Put the file back from a backup under its name, or delete the environment in its settings.",
  },
  damaged: {
    label: "Damaged",
    tone: "red",
    meaning:
      "There is a file, but its stamp is missing, unreadable or another environment’s. Freehold does not open it.",
    remedy:
      "Put the right file back from a backup under the same name. Keep the damaged one until the data is safe.",
  },
  orphan: {
    label: "Orphan",
    tone: "amber",
    meaning: "There is a database file that no environment owns.",
    remedy: "Move it out of the data directory and keep it until you know that nobody misses it.",
  },
  leftover: {
    label: "Leftover",
    tone: "grey",
    meaning:
      "There has been something beside the databases for more than a minute: an unfinished creation, a journal of a dropped database, a stranger’s file.",
    remedy: "Remove it while no creation is under way. It belongs to no environment.",
  },
};
