import { ExplainLink } from "./explain-link";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { ViolationDetail, type ViolationHint } from "@/server/domain/violations/schema";
import { restCode } from "@/server/domain/violations/names";
import { verdictTones, violationSentence } from "./violation-words";

/** What a service refused and what it saw: the detail of a `tenant.violation`, to be read instead of JSON. */
export function Violation({ detail }: { detail: Record<string, unknown> }) {
  const read = ViolationDetail.safeParse(detail);
  if (!read.success) return null;
  const { code, firstAt, lastAt, message, policy, hints } = read.data;
  return (
    <section aria-label="What was refused" className="flex min-w-0 flex-col gap-3">
      <p className="text-table">{violationSentence(read.data)}</p>
      <p className="text-xs text-faint">
        <Time value={firstAt} exact /> to <Time value={lastAt} exact />
        {policy && (
          <>
            , under the policy <bdi>{policy}</bdi>
          </>
        )}
      </p>
      {code !== restCode && message && (
        <p className="text-table text-muted">
          <bdi>{message}</bdi>
        </p>
      )}
      {hints && hints.length > 0 && <ExplainLink hints={hints} policy={policy} />}
      {hints && hints.length > 0 && (
        <Panel flush>
          <ol className="divide-y divide-line">
            {hints.map((hint, place) => (
              <HintLine key={place} hint={hint} />
            ))}
          </ol>
        </Panel>
      )}
    </section>
  );
}

/** Where what was refused is explained, in a line of a list. */
export function ViolationLink({ detail }: { detail: Record<string, unknown> }) {
  const read = ViolationDetail.safeParse(detail);
  const hints = read.data?.hints ?? [];
  return hints.length > 0 ? <ExplainLink hints={hints} policy={read.data?.policy} /> : null;
}

function HintLine({ hint }: { hint: ViolationHint }) {
  return (
    <li className="flex min-w-0 flex-col gap-0.5 px-3 py-2 text-table">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <span className="font-medium">{hint.source}</span>
        <bdi className="font-mono text-xs text-muted">{hint.label}</bdi>
        <Badge tone={verdictTones[hint.verdict]}>{hint.verdict}</Badge>
      </div>
      {hint.saw.map((saw, place) => (
        <bdi key={place} className="font-mono text-xs [overflow-wrap:anywhere]">
          {saw === "" ? "(empty)" : saw}
        </bdi>
      ))}
      <p className="text-xs text-faint">
        <bdi>{hint.reason}</bdi> <bdi className="inline-block first-letter:uppercase">{hint.because}.</bdi>
      </p>
    </li>
  );
}
