import type { Metadata } from "next";
import { PackagePage } from "@/components/packages/package-page";
import { paths } from "@/components/paths";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient, read } from "@/server/api/server";

export const metadata: Metadata = { title: "Package" };

export default async function FleetPackagePage({ params }: { params: Promise<{ package: string }> }) {
  const name = decodeURIComponent((await params).package);
  await read(
    getQueryClient().fetchQuery(api.packages.get.queryOptions({ package: name })),
    paths.fleetPackage(name),
  );
  return (
    <Hydrate>
      <PackagePage name={name} />
    </Hydrate>
  );
}
