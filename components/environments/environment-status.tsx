import { StatusDot } from "@/components/ui/status-dot";
import type { Tone } from "@/components/ui/tone";
import type { EnvironmentStatus } from "@/server/domain/environments/names";

const looks: Record<EnvironmentStatus, { tone: Tone; word: string; pulse?: true }> = {
  provisioning: { tone: "amber", word: "Provisioning", pulse: true },
  active: { tone: "green", word: "Active" },
  suspended: { tone: "grey", word: "Suspended" },
  archived: { tone: "grey", word: "Archived" },
  deleted: { tone: "grey", word: "Deleted" },
  failed: { tone: "red", word: "Failed" },
  moving: { tone: "amber", word: "Moving", pulse: true },
  deleting: { tone: "amber", word: "Deleting", pulse: true },
};

export function EnvironmentStatusDot({ status }: { status: EnvironmentStatus }) {
  const { tone, word, pulse = false } = looks[status];
  return (
    <StatusDot tone={tone} pulse={pulse}>
      {word}
    </StatusDot>
  );
}

export function statusWord(status: EnvironmentStatus): string {
  return looks[status].word;
}

export function statusTone(status: EnvironmentStatus): Tone {
  return looks[status].tone;
}
