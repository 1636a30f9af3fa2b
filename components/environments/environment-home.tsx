import { Box, Building2, Combine, Database, HardDrive, Rows3 } from "lucide-react";
import type { ReactNode } from "react";
import { EnvironmentPill } from "@/components/shell/environment-pill";
import { environmentLabels } from "@/components/shell/environment-type";
import { cn } from "@/components/ui/cn";
import { Copyable } from "@/components/ui/copyable";
import { formatBytes } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { OrganizationRole } from "@/server/kernel/roles";
import { EnvironmentStatusDot } from "./environment-status";
import { bytesPerMb, driverWords, overWhich, rowsOfLimit } from "./placement-words";
import { PoolReference } from "./pool-reference";
import type { EnvironmentDetail } from "./use-environment";

interface EnvironmentHomeProps {
  environment: EnvironmentDetail;
  organizationRole: OrganizationRole;
  isOperator: boolean;
}

/** Where an environment lives, drawn: from who owns it to the database or the pool that holds its data. */
export function EnvironmentHome({ environment, organizationRole, isOperator }: EnvironmentHomeProps) {
  const { organization, placement } = environment;
  const words = driverWords[placement.driver];
  const over = overWhich(placement);
  const isThere = placement.provisionedAt !== null && environment.status !== "deleting";
  return (
    <div className="@container">
      <ol
        aria-label="Where it lives"
        className={cn(
          "grid grid-cols-1",
          placement.pool ? "@min-[42rem]:grid-cols-5" : "@min-[42rem]:grid-cols-4",
        )}
      >
        <Stop kind="Organization" icon={<Building2 />} edge="owns" name={<bdi>{organization.name}</bdi>}>
          <Line className="font-mono">{organization.slug}</Line>
          <Line>You are {organizationRole === "member" ? "a member" : `its ${organizationRole}`}</Line>
        </Stop>
        <Stop
          kind="Environment"
          icon={<Box />}
          iconClassName="env-pill"
          envType={environment.envType}
          edge={placement.isolation}
          name={<bdi>{environment.name}</bdi>}
        >
          <Line className="flex items-center gap-1.5">
            <EnvironmentPill type={environment.envType} />
            {environmentLabels[environment.envType].long}
          </Line>
          <Line>
            <EnvironmentStatusDot status={environment.status} />
          </Line>
        </Stop>
        <Stop
          kind="Cluster"
          icon={<HardDrive />}
          edge={placement.pool ? "hosts" : words.edge}
          isEdgePending={!placement.pool && !isThere}
          name={<bdi title={placement.cluster.name}>{placement.cluster.name}</bdi>}
        >
          <Line>
            {words.homeKind} in {placement.region}
          </Line>
          <Line>{words.label} driver</Line>
        </Stop>
        {placement.pool && (
          <Stop
            kind="Pool"
            icon={<Combine />}
            edge="rows"
            isEdgePending={!isThere}
            name={<PoolReference pool={placement.pool} isOperator={isOperator} />}
          >
            <Line>One Postgres database</Line>
            <Line>Shared by many tenants</Line>
          </Stop>
        )}
        <Stop
          kind={placement.pool ? "Its rows" : "Database"}
          icon={placement.pool ? <Rows3 /> : <Database />}
          iconClassName={isThere ? "bg-green-soft text-green" : "border-dashed"}
          name={
            placement.pool ? (
              "Behind row level security"
            ) : (
              <Copyable text={placement.databaseName} label="Copy database name" />
            )
          }
        >
          {isThere && placement.provisionedAt ? (
            <>
              <Line className={cn("tabular-nums", over.storage && "text-red")}>
                {formatBytes(placement.storageUsedBytes)} of{" "}
                {formatBytes(placement.storageLimitMb * bytesPerMb)}
              </Line>
              {placement.rowLimit !== null && (
                <Line className={cn("tabular-nums", over.rows && "text-red")}>
                  {rowsOfLimit(placement.rowCount, placement.rowLimit)}
                </Line>
              )}
              <Line>
                Provisioned <Time value={placement.provisionedAt} />
              </Line>
            </>
          ) : (
            <Line>{absence(environment.status)}</Line>
          )}
        </Stop>
      </ol>
    </div>
  );
}

function absence(status: EnvironmentDetail["status"]): string {
  if (status === "deleting") return "Being removed";
  return status === "failed" ? "Not there" : "Not there yet";
}

interface StopProps {
  kind: string;
  icon: ReactNode;
  iconClassName?: string;
  envType?: string;
  /** On the line to the next stop. */
  edge?: string;
  /** What the line leads to is not there. */
  isEdgePending?: boolean;
  name: ReactNode;
  children: ReactNode;
}

function Stop({
  kind,
  icon,
  iconClassName,
  envType,
  edge,
  isEdgePending = false,
  name,
  children,
}: StopProps) {
  return (
    <li
      data-environment={envType}
      className="group/stop flex min-w-0 gap-3 pb-1 last:pb-0 @min-[42rem]:flex-col @min-[42rem]:gap-2.5 @min-[42rem]:pb-0"
    >
      <span aria-hidden="true" className="flex shrink-0 flex-col items-center gap-1.5 @min-[42rem]:flex-row">
        <span
          className={cn(
            "inline-flex size-8 shrink-0 items-center justify-center rounded-md border border-line-strong text-muted [&>svg]:size-4",
            iconClassName,
          )}
        >
          {icon}
        </span>
        {edge && <Edge label={edge} isPending={isEdgePending} />}
      </span>
      <div className="min-w-0 pb-5 group-last/stop:pb-0 @min-[42rem]:pr-4 @min-[42rem]:pb-0">
        <p className="text-xs text-faint">{kind}</p>
        <div className="truncate text-base font-medium">{name}</div>
        <div className="mt-0.5 flex flex-col gap-0.5 text-xs text-muted">{children}</div>
      </div>
    </li>
  );
}

function Edge({ label, isPending }: { label: string; isPending: boolean }) {
  const line = cn("border-line-strong", isPending && "border-dashed");
  return (
    <span className="flex min-h-0 flex-1 flex-col items-center @min-[42rem]:w-full @min-[42rem]:flex-row @min-[42rem]:gap-2 @min-[42rem]:pr-1.5">
      <span className={cn(line, "flex-1 border-l @min-[42rem]:border-t @min-[42rem]:border-l-0")} />
      <span className="hidden text-xs text-faint @min-[42rem]:inline">{label}</span>
      <span className={cn(line, "hidden flex-1 border-t @min-[42rem]:inline")} />
      <span className="size-1.5 rotate-135 border-t border-r border-line-strong @min-[42rem]:-ml-3.5 @min-[42rem]:rotate-45" />
    </span>
  );
}

function Line({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("min-w-0 truncate", className)}>{children}</div>;
}
