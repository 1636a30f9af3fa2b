import {
  Ban,
  Check,
  CircleSlash,
  Equal,
  Moon,
  SearchX,
  ShieldCheck,
  ShieldOff,
  Split,
  TriangleAlert,
} from "lucide-react";
import type { ReactNode } from "react";
import { verdictTones } from "@/components/audit/violation-words";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { lanesOf, type Explained, type ExplainedHint, type Lane } from "./lanes";
import { joins, sourceLabel } from "./resolve-words";

const icons: Record<ExplainedHint["verdict"], ReactNode> = {
  decides: <Check />,
  agrees: <Equal />,
  ignored: <CircleSlash />,
  untrusted: <ShieldOff />,
  contradicts: <Split />,
  malformed: <TriangleAlert />,
  unknown: <SearchX />,
  inactive: <Moon />,
};

/**
 * One lane for each hint, from its source to the trunk that leads down to the tenant or the refusal.
 * A lane that counts joins the trunk, one that does not stops before it, one that refuses breaks.
 */
export function HintLanes({ explained }: { explained: Explained }) {
  return (
    <ol aria-label="The way of the request" className="@container min-w-0">
      {lanesOf(explained).map((lane, place) => (
        <LaneItem key={place} lane={lane} isFirst={place === 0} />
      ))}
      <Terminus explained={explained} />
    </ol>
  );
}

function LaneItem({ lane: { source, hint }, isFirst }: { lane: Lane; isFirst: boolean }) {
  return (
    <li className="relative flex min-w-0 pb-2 pl-8 @min-[34rem]:pr-12 @min-[34rem]:pl-0">
      <Trunk isFirst={isFirst} />
      <Branch end={hint ? (joins[hint.verdict] ?? "stops") : "none"} />
      {hint ? (
        <Station hint={hint} />
      ) : (
        <p className="flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-md border border-dashed border-line px-3 text-xs text-faint">
          <span className="@min-[34rem]:w-28">{sourceLabel(source)}</span>
          not there
        </p>
      )}
    </li>
  );
}

/** The line that all lanes lead to: on the right where there is room, else on the left. */
function Trunk({ isFirst }: { isFirst: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "absolute bottom-0 left-2 w-0.5 bg-line-strong @min-[34rem]:right-4 @min-[34rem]:left-auto",
        isFirst ? "top-[13px]" : "top-0",
      )}
    />
  );
}

const branches = {
  joins: { line: "border-solid border-green", end: "size-2.5 rounded-full bg-dot-green" },
  stops: { line: "border-dashed border-line-strong", end: "size-0" },
  breaks: { line: "border-solid border-red", end: "size-2.5 rotate-45 bg-red-fill" },
  none: { line: "border-transparent", end: "size-0" },
};

function Branch({ end }: { end: keyof typeof branches }) {
  const look = branches[end];
  return (
    <span
      aria-hidden="true"
      className="absolute top-[13px] left-2 flex w-6 items-center @min-[34rem]:right-4 @min-[34rem]:left-auto @min-[34rem]:w-8"
    >
      <span
        className={cn(
          "ml-auto w-full border-t-2 @min-[34rem]:ml-0",
          end === "stops" && "w-3.5 @min-[34rem]:w-5",
          look.line,
        )}
      />
      <span className={cn("absolute -left-1 z-1 @min-[34rem]:-right-1 @min-[34rem]:left-auto", look.end)} />
    </span>
  );
}

function Station({ hint }: { hint: ExplainedHint }) {
  const { source, label, saw, trusted, because, verdict, reason, place: named } = hint;
  return (
    <div className="min-w-0 flex-1 rounded-md border border-line-strong bg-panel px-3 py-1.5 text-table">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium @min-[34rem]:w-28">{sourceLabel(source)}</span>
        {label.toLowerCase() !== source && (
          <bdi className="min-w-0 truncate font-mono text-xs text-muted">{label}</bdi>
        )}
        <Badge tone={verdictTones[verdict]} icon={icons[verdict]} className="ml-auto">
          {verdict}
        </Badge>
      </div>
      {saw.length > 0 && (
        <ul aria-label="What it said" className="mt-1 flex min-w-0 flex-col gap-0.5">
          {saw.map((value, place) => (
            <li key={place} className="min-w-0">
              <bdi className="rounded-sm bg-sunken px-1 font-mono text-xs [overflow-wrap:anywhere]">
                {value === "" ? "(empty)" : value}
              </bdi>
            </li>
          ))}
        </ul>
      )}
      {named && (
        <p className="mt-1 font-medium [overflow-wrap:anywhere]">
          <bdi>{named}</bdi>
        </p>
      )}
      <p className="mt-1 [overflow-wrap:anywhere]">{reason}</p>
      <p className="flex min-w-0 items-start gap-1 text-xs text-muted [&_svg]:mt-0.5 [&_svg]:size-3 [&_svg]:shrink-0">
        {trusted ? <ShieldCheck aria-hidden="true" /> : <ShieldOff aria-hidden="true" />}
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {trusted ? "Trusted" : "Not trusted"}: <bdi>{because}</bdi>
        </span>
      </p>
    </div>
  );
}

function Terminus({ explained: { resolved, refusal, landing } }: { explained: Explained }) {
  const isThere = resolved !== null;
  return (
    <li className="relative flex min-w-0 pl-8 @min-[34rem]:pr-12 @min-[34rem]:pl-0">
      <span
        aria-hidden="true"
        className="absolute top-0 left-2 h-4 w-0.5 bg-line-strong @min-[34rem]:right-4 @min-[34rem]:left-auto"
      />
      <span
        aria-hidden="true"
        className={cn(
          "absolute top-3 left-[3px] z-1 flex size-3 items-center justify-center rounded-[2px] @min-[34rem]:right-[11px] @min-[34rem]:left-auto",
          isThere ? "bg-dot-green" : "bg-red-fill",
        )}
      />
      {isThere ? (
        <p className="min-w-0 flex-1 rounded-md border border-green/40 bg-green-soft px-3 py-2 text-table text-green">
          <span className="flex items-center gap-1.5 font-medium [&_svg]:size-4">
            <Check aria-hidden="true" />
            {landing ? `${landing.tenant.organization}/${landing.tenant.environment}` : resolved.tenant}
          </span>
          Decided by {sourceLabel(resolved.decidedBy).toLowerCase()}
          {resolved.authenticated ? "." : ", not authenticated: good for a sign-in page, not for data."}
        </p>
      ) : (
        <p className="min-w-0 flex-1 rounded-md border border-red/30 bg-red-soft px-3 py-2 text-table text-red">
          <span className="flex items-center gap-1.5 font-medium [&_svg]:size-4">
            <Ban aria-hidden="true" />
            Refused: {refusal?.code}
          </span>
          The client gets {refusal?.status}: “{refusal?.message}”
        </p>
      )}
    </li>
  );
}
