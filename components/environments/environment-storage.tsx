import { Gauge } from "lucide-react";
import { formatBytes } from "@/components/ui/format";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { Notice } from "./notice";
import { bytesPerMb, overLimit } from "./placement-words";
import type { EnvironmentDetail } from "./use-environment";

/** How much of its limit an environment uses, and what happens beyond it. */
export function EnvironmentStorage({ environment }: { environment: EnvironmentDetail }) {
  const { placement } = environment;
  return (
    <Panel title="Storage">
      <Meter
        label="Used"
        value={placement.storageUsedBytes}
        max={placement.storageLimitMb * bytesPerMb}
        format={formatBytes}
        hint={measured(placement)}
      />
    </Panel>
  );
}

function measured({ pool, provisionedAt, lastAccessedAt }: EnvironmentDetail["placement"]): string {
  if (pool)
    return "Its own rows, measured from time to time. Beyond the limit reads go on and writes are refused, for this environment alone.";
  if (!provisionedAt) return "It is measured when the database is there.";
  return lastAccessedAt
    ? "Measured while it is in use. The database page measures it now."
    : "As measured when it was provisioned: nobody has used it since. The database page measures it now.";
}

/** Said first while an environment of a pool is over its limit. */
export function OverLimit({ environment }: { environment: EnvironmentDetail }) {
  const { isOverLimit, storageUsedBytes, storageLimitMb } = environment.placement;
  if (!isOverLimit) return null;
  return (
    <Notice tone="red" icon={<Gauge />} title={`${overLimit}`}>
      <p>
        It has {formatBytes(storageUsedBytes)} of {formatBytes(storageLimitMb * bytesPerMb)}. Writes work
        again when enough of it is deleted, at the latest after the next measurement.
      </p>
    </Notice>
  );
}
