"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ListChecks, PackagePlus, RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { ListSkeleton } from "@/components/environments/environment-skeletons";
import { environmentRoleRefusal } from "@/components/environments/role-refusal";
import { useEnvironment, type EnvironmentDetail } from "@/components/environments/use-environment";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/dialog-on-demand";
import { FilterBar } from "@/components/ui/filter-bar";
import { Menu } from "@/components/ui/menu";
import { useLast } from "@/components/ui/use-last";
import { environmentRefusal } from "@/server/domain/environments/state";
import { sharedInstallRefusal } from "@/server/domain/packages/state";
import { installedColumns } from "./installed-columns";
import { installedListParams } from "./list-params";
import type { InstalledRow } from "./package-words";
import { useFirstPackage } from "./use-first-package";

const InstallPackageDialog = dialogOnDemand(
  async () => (await import("./install-package-dialog")).InstallPackageDialog,
);

interface EnvironmentPackagesProps {
  organization: string;
  environmentId: string;
}

/** Why nothing can be installed now; null when it can. */
const installRefusal = (environment: EnvironmentDetail) =>
  environmentRoleRefusal(environment.role, "package.install") ??
  environmentRefusal("connect", environment) ??
  sharedInstallRefusal(environment.placement.isolation);

/** The packages of an environment: what it has, and what it is to have. */
export function EnvironmentPackages({ organization, environmentId }: EnvironmentPackagesProps) {
  const query = useEnvironment(organization, environmentId);
  const environment = query.data;
  if (environment) return <Packages environment={environment} />;
  return query.error ? (
    <LoadError what="environment" query={query} />
  ) : (
    <ListSkeleton label="Loading packages" />
  );
}

function Packages({ environment }: { environment: EnvironmentDetail }) {
  const trpc = useTRPC();
  const list = useList(installedListParams);
  // "": whichever is chosen in the dialog.
  const [asked, setAsked] = useState<string | null>(null);
  const preset = useLast(asked) || null;
  const query = useQuery(
    trpc.packages.installed.queryOptions(
      { environment: environment.id, ...list.input },
      {
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) =>
          state.data?.items.some(({ status }) => status === "installing") ? 1000 : false,
      },
    ),
  );
  const page = query.data;
  const place = `${environment.organization.slug}/${environment.slug}`;
  const isEmpty = page?.total === 0 && !list.isFiltered;
  const first = useFirstPackage(isEmpty, (name) => `freehold package install ${name} ${place}`);
  const install = (
    <Button variant="primary" disabledReason={installRefusal(environment)} onClick={() => setAsked("")}>
      Install package
    </Button>
  );
  return (
    <Page
      title="Packages"
      count={page && countText(page.total)}
      description={
        environment.placement.isolation === "shared"
          ? "The schemas of its pool. Operators install them, for all tenants of the pool at once."
          : "The schemas that services keep in this environment's database."
      }
      action={install}
    >
      <FilterBar search={list.search("Search packages")} onReset={list.onReset} />
      <ListTable
        list={list}
        query={query}
        label="Packages"
        what="packages"
        noMatch="No package matches"
        columns={installedColumns}
        rowId={(row) => row.id}
        rowName={(row) => row.package}
        rowMenu={(row) => <RowMenu environment={environment} row={row} onInstall={setAsked} />}
        empty={{
          text:
            environment.placement.isolation === "shared"
              ? "No package yet. What operators install in the pool stands here, for all of its tenants."
              : "No package yet. Install the first to make a service’s tables in this database.",
          action: install,
          ...first,
        }}
      />
      <InstallPackageDialog
        environment={environment}
        preset={preset}
        open={asked !== null}
        onClose={() => setAsked(null)}
      />
    </Page>
  );
}

interface RowMenuProps {
  environment: EnvironmentDetail;
  row: InstalledRow;
  onInstall: (name: string) => void;
}

function RowMenu({ environment, row, onInstall }: RowMenuProps) {
  const router = useRouter();
  const isNewest = row.newestVersion === null || row.observedVersion === row.newestVersion;
  const upgrade = isNewest ? "It has the newest version." : null;
  const underWay = row.operationId === null ? null : "An installation is under way.";
  const refusal = installRefusal(environment) ?? underWay;
  const { operationId } = row;
  return (
    <Menu
      size="sm"
      label={`Actions for ${row.package}`}
      items={[
        row.status === "failed"
          ? {
              label: "Try again",
              icon: <RefreshCw />,
              disabledReason: refusal,
              onSelect: () => onInstall(row.package),
            }
          : {
              label: "Upgrade",
              icon: <PackagePlus />,
              disabledReason: refusal ?? upgrade,
              onSelect: () => onInstall(row.package),
            },
        {
          label: "Follow the installation",
          icon: <ListChecks />,
          disabledReason: operationId === null ? "Nothing is under way." : null,
          onSelect: () => operationId !== null && router.push(paths.operation(operationId)),
        },
      ]}
    />
  );
}
