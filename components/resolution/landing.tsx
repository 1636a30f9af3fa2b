import { Box, ChevronRight, HardDrive, Plug } from "lucide-react";
import type { ReactNode } from "react";
import { driverLabels } from "@/components/clusters/cluster-words";
import { EnvironmentStatusDot } from "@/components/environments/environment-status";
import { isolationWords } from "@/components/environments/placement-words";
import { paths } from "@/components/paths";
import { EnvironmentPill } from "@/components/shell/environment-pill";
import { Copyable } from "@/components/ui/copyable";
import { DescriptionList } from "@/components/ui/description-list";
import { Panel } from "@/components/ui/panel";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { Explained } from "./lanes";

type Landed = NonNullable<Explained["landing"]>;

interface LandingProps {
  landing: Landed;
  /** False: the tenant is there, and serves nobody. */
  isServed: boolean;
}

/** Who the tenant is, where it lives, and the way in that a service would be given. */
export function Landing({ landing, isServed }: LandingProps) {
  return (
    <Panel
      title="Where it lands"
      description={isServed ? undefined : "The tenant is known, and nobody is served from here."}
    >
      <ol aria-label="Where it lands" className="flex min-w-0 flex-col gap-5">
        <Stop kind="Tenant" icon={<Box />}>
          <TenantFacts tenant={landing.tenant} />
        </Stop>
        <Stop kind="Placement" icon={<HardDrive />}>
          <PlacementFacts placement={landing.placement} />
        </Stop>
        <Stop kind="Connection" icon={<Plug />} isLast>
          <ConnectionFacts landing={landing} />
        </Stop>
      </ol>
    </Panel>
  );
}

function Stop(props: { kind: string; icon: ReactNode; isLast?: boolean; children: ReactNode }) {
  return (
    <li className="relative flex min-w-0 gap-3">
      {!props.isLast && (
        <span aria-hidden="true" className="absolute top-9 -bottom-4 left-[15px] w-0.5 bg-line-strong" />
      )}
      <span
        aria-hidden="true"
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-md border border-line-strong text-muted [&>svg]:size-4"
      >
        {props.icon}
      </span>
      <div className="min-w-0 flex-1">
        <h3 className="mb-1.5 text-xs/8 text-faint">{props.kind}</h3>
        {props.children}
      </div>
    </li>
  );
}

function TenantFacts({ tenant }: { tenant: Landed["tenant"] }) {
  return (
    <DescriptionList
      items={[
        {
          term: "Environment",
          value: (
            <span className="flex min-w-0 flex-wrap items-center gap-2">
              <bdi className="font-medium">{tenant.name}</bdi>
              <EnvironmentPill type={tenant.envType} />
              <span className="font-mono text-xs text-muted">
                {tenant.organization}/{tenant.environment}
              </span>
            </span>
          ),
          hint: <Copyable always text={tenant.id} label="Copy environment id" />,
        },
        {
          term: "Organization",
          value: (
            <TextLink href={paths.fleetOrganizations(tenant.organizationName)}>
              <bdi>{tenant.organizationName}</bdi>
            </TextLink>
          ),
        },
        {
          term: "Status",
          value: <EnvironmentStatusDot status={tenant.status} />,
          hint: tenant.statusReason === "" ? undefined : <bdi>{tenant.statusReason}</bdi>,
        },
        { term: "Host", value: <span className="font-mono text-xs">{tenant.hostname}</span> },
        { term: "Epoch", value: tenant.epoch.toLocaleString("en-GB") },
      ]}
    />
  );
}

function PlacementFacts({ placement }: { placement: Landed["placement"] }) {
  const { isolation, driver, region, cluster, pool, steps } = placement;
  return (
    <DescriptionList
      items={[
        {
          term: "Isolation",
          value: isolationWords[isolation].short,
          hint: isolationWords[isolation].meaning,
        },
        {
          term: pool ? "Pool" : "Cluster",
          value: pool ? (
            <>
              <TextLink href={paths.fleetPool(pool.id)}>{pool.slug}</TextLink> on{" "}
              <TextLink href={paths.fleetCluster(cluster.id)}>{cluster.slug}</TextLink>
            </>
          ) : (
            <TextLink href={paths.fleetCluster(cluster.id)}>{cluster.slug}</TextLink>
          ),
          hint: `${driverLabels[driver]} in ${region}`,
        },
        ...(steps.length > 0 ? [{ term: "Why there", value: <Why steps={steps} /> }] : []),
      ]}
    />
  );
}

function Why({ steps }: { steps: Landed["placement"]["steps"] }) {
  const taken = steps.filter(({ verdict }) => verdict === "taken");
  return (
    <details className="group min-w-0">
      <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-muted hover:text-ink">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 transition-transform group-open:rotate-90"
        />
        {taken.at(-1)?.reason ?? "The steps"}
      </summary>
      <ol className="flex flex-col gap-1 pt-2 text-xs">
        {steps.map((step, place) => (
          <li key={place}>
            {step.kind} <bdi className="font-medium">{step.label}</bdi> {step.verdict}:{" "}
            <span className="text-muted">{step.reason}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function ConnectionFacts({ landing: { connection, schemaVersions } }: { landing: Landed }) {
  const { url, username, scope, credential } = connection;
  return (
    <DescriptionList
      items={[
        { term: "Address", value: <Copyable always text={url} label="Copy address" /> },
        {
          term: "Login",
          value:
            username === null ? (
              "None: the secret says who it is"
            ) : (
              <Copyable always text={username} label="Copy login" />
            ),
        },
        {
          term: "Credential",
          value: credential ? `${scope}, generation ${credential.generation}` : scope,
          hint: credential ? (
            <>
              Issued <Time value={credential.issuedAt} />
              {credential.expiresAt && (
                <>
                  , ends <Time value={credential.expiresAt} />
                </>
              )}
            </>
          ) : (
            "Made when a service of this scope first asks."
          ),
        },
        {
          term: "Schema",
          value:
            schemaVersions.length === 0
              ? "No package installed"
              : schemaVersions.map(({ name, version }) => `${name} ${version}`).join(", "),
        },
      ]}
    />
  );
}
