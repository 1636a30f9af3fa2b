import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OperationPage } from "@/components/operations/operation-page";
import { paths } from "@/components/paths";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient, read } from "@/server/api/server";
import { requirePerson } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Operation" };

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export default async function OperationDetailPage({ params }: { params: Promise<{ operation: string }> }) {
  await requirePerson();
  const { operation } = await params;
  if (!id.test(operation)) notFound();
  await read(
    getQueryClient().fetchQuery(api.operations.get.queryOptions({ operation })),
    paths.operation(operation),
  );
  return (
    <Hydrate>
      <OperationPage operationId={operation} />
    </Hydrate>
  );
}
