import { Panel } from "@/components/ui/panel";
import { HintLanes } from "./hint-lanes";
import { Landing } from "./landing";
import type { Explained } from "./lanes";

/** From the hints to the tenant and its database, or to the refusal. */
export function ResolvedWay({ explained }: { explained: Explained }) {
  const { policy, request, notes, landing } = explained;
  return (
    <>
      <Panel
        title="The way of the request"
        description={`Under the policy ${policy.name}${request ? `: ${request.method} ${request.path}` : ""}`}
      >
        <div className="flex min-w-0 flex-col gap-4">
          {notes.length > 0 && (
            <ul aria-label="Notes" className="flex list-disc flex-col gap-0.5 pl-4 text-xs text-muted">
              {notes.map((note) => (
                <li key={note} className="[overflow-wrap:anywhere]">
                  {note}
                </li>
              ))}
            </ul>
          )}
          <HintLanes explained={explained} />
        </div>
      </Panel>
      {landing && <Landing landing={landing} isServed={explained.resolved !== null} />}
    </>
  );
}
