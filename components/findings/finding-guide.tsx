import { Panel } from "@/components/ui/panel";
import { StatusDot } from "@/components/ui/status-dot";
import { findingKinds } from "@/server/domain/findings/names";
import { findingWords } from "./finding-words";

/** What each kind means, and what an operator does about it. */
export function FindingGuide() {
  return (
    <Panel
      title="What to do about a finding"
      description="With a copy at hand. Check again afterwards."
      flush
    >
      <dl className="divide-y divide-line text-table">
        {findingKinds.map((kind) => {
          const { label, tone, meaning, remedy } = findingWords[kind];
          return (
            <div
              key={kind}
              className="grid gap-x-6 gap-y-1 px-4 py-3 md:grid-cols-[8rem_minmax(0,1fr)_minmax(0,1fr)]"
            >
              <dt>
                <StatusDot tone={tone}>{label}</StatusDot>
              </dt>
              <dd className="text-muted">{meaning}</dd>
              <dd>{remedy}</dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}
