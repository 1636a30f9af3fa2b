import type { ReactNode } from "react";
import { EnvironmentPill } from "@/components/shell/environment-pill";
import { formatBytes } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import type { EnvironmentType } from "@/server/domain/environments/names";
import { WhyHere } from "./placement-steps";
import { driverWords, isolationWords } from "./placement-words";
import type { Preview } from "./use-preview";

const mb = 1024 * 1024;

interface CreateEnvironmentSummaryProps {
  organization: { slug: string; name: string };
  /** `slug` is null while it cannot be one. */
  chosen: { name: string; slug: string | null; envType: EnvironmentType; region: string };
  /** What the server makes of it; null while it is not known. */
  preview: Preview | null;
  footer: ReactNode;
}

/** What the button will make, before it is pressed. */
export function CreateEnvironmentSummary({
  organization,
  chosen,
  preview,
  footer,
}: CreateEnvironmentSummaryProps) {
  const nothing = <span className="text-faint">–</span>;
  const free = preview?.slugIsTaken ? null : preview;
  return (
    <Panel title="What will be created" footer={footer}>
      <dl className="flex flex-col gap-3 text-table">
        <Line term="Environment">
          <span className="flex min-w-0 items-center gap-2">
            {chosen.name ? <bdi className="min-w-0 truncate">{chosen.name}</bdi> : nothing}
            <EnvironmentPill type={chosen.envType} />
          </span>
        </Line>
        <Line term="Address in the console">
          {chosen.slug && !preview?.slugIsTaken ? (
            <Mono>{`/${organization.slug}/environments/${chosen.slug}`}</Mono>
          ) : (
            nothing
          )}
        </Line>
        <Line term="Host name">{free ? <HostName preview={free} /> : nothing}</Line>
        <Line term="Database">
          {preview?.driver && preview.isolation
            ? `${isolationWords[preview.isolation].short}, ${driverWords[preview.driver].label}`
            : nothing}
        </Line>
        <Line term={preview?.pool ? "Lands in" : "Lands on"}>
          {preview?.cluster ? (
            <span className="text-table">
              {preview.pool && (
                <>
                  pool <span className="font-mono text-xs">{preview.pool}</span> on{" "}
                </>
              )}
              <span className="font-mono text-xs">{preview.cluster}</span> in {preview.region}
            </span>
          ) : preview?.refusal ? (
            <span className="text-red">{preview.refusal}</span>
          ) : (
            nothing
          )}
          {preview && (
            <div className="pt-1">
              <WhyHere steps={preview.why} question={preview.cluster ? "Why there" : "Why not"} />
            </div>
          )}
        </Line>
        <Line term="Storage limit">{preview ? formatBytes(preview.storageLimitMb * mb) : nothing}</Line>
        <Line term="Region asked for">{chosen.region}</Line>
        <Line term="Your role there">Admin</Line>
      </dl>
      {preview && (
        <div className="mt-4 border-t border-line pt-3 text-table">
          <p className="text-xs text-faint">Then, in this order and before your eyes</p>
          <ol className="mt-1 list-inside list-decimal text-muted marker:text-faint">
            {preview.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
      )}
    </Panel>
  );
}

function HostName({ preview }: { preview: Preview }) {
  return (
    <>
      <Mono>{preview.hostname}</Mono>
      {!preview.hostnameIsFinal && (
        <span className="block text-xs text-faint">
          The plain name is in use, so four digits are drawn when it is created; they may be others than
          these.
        </span>
      )}
    </>
  );
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-faint">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Mono({ children }: { children: string }) {
  return <span className="font-mono text-xs [overflow-wrap:anywhere]">{children}</span>;
}
