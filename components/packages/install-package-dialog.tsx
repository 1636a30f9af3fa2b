"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { explain } from "@/components/api/explain";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { SkeletonText } from "@/components/ui/skeleton";
import { PackageChoice, VersionChoice } from "./package-choice";
import { PackageFiles } from "./package-files";

interface InstallPackageDialogProps {
  environment: EnvironmentDetail;
  /** The package that it is about; null lets people choose. */
  preset: string | null;
  open: boolean;
  onClose: () => void;
}

/** Asks which package and which version, shows what will run, and orders it. */
export function InstallPackageDialog({ environment, preset, open, onClose }: InstallPackageDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<{ name: string; version: string | null } | null>(
    preset === null ? null : { name: preset, version: null },
  );
  const preview = useQuery(
    trpc.packages.previewInstall.queryOptions(
      {
        environment: environment.id,
        package: chosen?.name ?? "",
        ...(chosen?.version ? { version: chosen.version } : {}),
      },
      { enabled: chosen !== null, retry: false },
    ),
  );
  const install = useMutation(
    trpc.packages.install.mutationOptions({
      onSuccess: async () => {
        const changed = [trpc.packages, trpc.operations];
        await Promise.all(changed.map((part) => queryClient.invalidateQueries(part.pathFilter())));
        onClose();
      },
    }),
  );
  const ready = preview.data;
  const failed = install.error ?? preview.error;
  const refusal = failed ? explain(failed) : null;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && !install.isPending && onClose()}
      size="lg"
      title={preset === null ? "Install package" : `Install ${preset}`}
      description={
        <>
          It is applied to the database of <bdi>{environment.name}</bdi>, file by file. Services go on working
          meanwhile.
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
            disabledReason={ready && !preview.error ? null : "Choose a package that can be installed here"}
            onClick={() =>
              ready &&
              install.mutate({ environment: environment.id, package: ready.package, version: ready.version })
            }
          >
            {ready ? `Install ${ready.version}` : "Install"}
          </Button>
        </>
      }
    >
      <div className="flex min-w-0 flex-col gap-4">
        {preset === null && (
          <PackageChoice
            value={chosen?.name ?? null}
            onChoose={(name) => setChosen({ name, version: null })}
          />
        )}
        {chosen && (
          <VersionChoice
            name={chosen.name}
            value={chosen.version ?? ready?.version ?? null}
            onChoose={(version) => setChosen({ name: chosen.name, version })}
          />
        )}
        <FormError message={refusal?.message} requestId={refusal?.requestId ?? undefined} />
        {chosen && preview.isPending && <SkeletonText lines={5} />}
        {ready && !preview.error && <WhatRuns preview={ready} />}
      </div>
    </Dialog>
  );
}

function WhatRuns({ preview }: { preview: ApiOutputs["packages"]["previewInstall"] }) {
  const { files, from, engine, version } = preview;
  if (files.length === 0)
    return <p className="text-table text-muted">Nothing is to run: {version} brings no new file.</p>;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="text-table text-muted">
        {from === null ? "What runs" : `What runs on top of ${from}`}, as {engine} gets it. Files that the
        database’s journal has already are passed by.
      </p>
      <PackageFiles files={files} />
    </div>
  );
}
