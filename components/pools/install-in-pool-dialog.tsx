"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { PackageChoice, publishedOf, VersionChoice } from "@/components/packages/package-choice";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { tenantsText } from "./pool-words";
import { usePoolRefresh, type PoolDetail } from "./use-pool";

interface InstallInPoolDialogProps {
  pool: PoolDetail;
  /** The package that it is about; null lets people choose. */
  preset: string | null;
  open: boolean;
  onClose: () => void;
}

/** Asks which package and which version, and orders it for every tenant of the pool. */
export function InstallInPoolDialog({ pool, preset, open, onClose }: InstallInPoolDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = usePoolRefresh();
  const [name, setName] = useState(preset);
  const [chosen, setChosen] = useState<string | null>(null);
  const detail = useQuery(
    trpc.packages.get.queryOptions({ package: name ?? "" }, { enabled: name !== null, retry: false }),
  );
  const present = pool.packages.find((row) => row.name === name);
  const failed = present?.status === "failed" ? present.desired : null;
  const version = chosen ?? failed ?? publishedOf(detail.data)[0]?.version ?? null;
  const install = useMutation(
    trpc.pools.install.mutationOptions({
      onSuccess: async () => {
        await Promise.all([refresh(), queryClient.invalidateQueries(trpc.operations.pathFilter())]);
        onClose();
      },
    }),
  );
  const refusal = refusalOf(install.error ?? detail.error);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && !install.isPending && onClose()}
      title={preset === null ? "Install package" : `Install ${preset}`}
      description={
        <>
          It is for all tenants of <bdi>{pool.name}</bdi>, {whoHasIt(pool.tenantCount)}.
        </>
      }
      footer={
        <>
          <Button onClick={onClose} disabledReason={install.isPending ? "It is already under way" : null}>
            Cancel
          </Button>
          <Button
            variant="primary"
            loading={install.isPending}
            loadingLabel="Ordering…"
            disabledReason={version ? null : "Choose a package that has a published version"}
            onClick={() => name && version && install.mutate({ pool: pool.id, package: name, version })}
          >
            {version ? `Install ${version}` : "Install"}
          </Button>
        </>
      }
    >
      <div className="flex min-w-0 flex-col gap-4">
        {preset === null && (
          <PackageChoice
            value={name}
            onChoose={(value) => {
              setName(value);
              setChosen(null);
            }}
          />
        )}
        {name && <VersionChoice name={name} value={version} onChoose={setChosen} />}
        {name && (
          <p className="text-table text-muted">
            {present?.observed ? `The pool has ${present.observed}. ` : ""}The files run once, in one
            transaction in which Freehold also makes every table safe to share. A table that cannot be made
            safe fails it, and nothing of it stays.
          </p>
        )}
        {refusal && <FormError {...refusal} />}
      </div>
    </Dialog>
  );
}

function whoHasIt(tenants: number): string {
  if (tenants === 0) return "which has none yet: those who come find it there";
  return `${tenantsText(tenants)} now and those who come`;
}
