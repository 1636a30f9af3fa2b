import { Gauge } from "lucide-react";
import { formatBytes } from "@/components/ui/format";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { LimitsButton } from "./limits-button";
import { Notice } from "./notice";
import { RowMeter } from "./row-meter";
import { bytesPerMb, overLimit, overWhich, rowsOfLimit } from "./placement-words";
import type { EnvironmentDetail } from "./use-environment";

interface EnvironmentStorageProps {
  environment: EnvironmentDetail;
  /** Operators set the limits. */
  isOperator: boolean;
}

/** How much of its limits an environment uses, and what happens beyond them. */
export function EnvironmentStorage({ environment, isOperator }: EnvironmentStorageProps) {
  const { placement } = environment;
  return (
    <Panel
      title={placement.pool ? "Storage and rows" : "Storage"}
      action={isOperator && <LimitsButton environment={environment} />}
    >
      <div className="flex flex-col gap-4">
        <Meter
          label={placement.pool ? "Storage" : "Used"}
          value={placement.storageUsedBytes}
          max={placement.storageLimitMb * bytesPerMb}
          format={formatBytes}
          hint={placement.pool ? undefined : measured(placement)}
        />
        {placement.pool && <RowMeter held={placement} hint={shared} />}
      </div>
    </Panel>
  );
}

const shared =
  "Its own rows, measured from time to time. Beyond a limit reads go on and writes are refused, for this environment alone.";

function measured({ provisionedAt, lastAccessedAt }: EnvironmentDetail["placement"]): string {
  if (!provisionedAt) return "It is measured when the database is there.";
  return lastAccessedAt
    ? "Measured while it is in use. The database page measures it now."
    : "As measured when it was provisioned: nobody has used it since. The database page measures it now.";
}

/** Said first while an environment of a pool is over a limit. */
export function OverLimit({ environment }: { environment: EnvironmentDetail }) {
  const { placement } = environment;
  if (!placement.isOverLimit) return null;
  return (
    <Notice tone="red" icon={<Gauge />} title={`${overLimit}`}>
      <p>
        It has {excess(placement)}. Writes work again when enough of it is deleted, at the latest after the
        next measurement.
      </p>
    </Notice>
  );
}

function excess(placement: EnvironmentDetail["placement"]): string {
  const { storageUsedBytes, storageLimitMb, rowCount, rowLimit } = placement;
  const over = overWhich(placement);
  const storage = `${formatBytes(storageUsedBytes)} of ${formatBytes(storageLimitMb * bytesPerMb)}`;
  return [
    ...(over.storage ? [storage] : []),
    ...(over.rows && rowLimit !== null ? [rowsOfLimit(rowCount, rowLimit)] : []),
  ].join(" and ");
}
