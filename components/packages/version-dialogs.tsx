"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { ReasonDialog } from "@/components/environments/reason-dialog";
import { paths } from "@/components/paths";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useLast } from "@/components/ui/use-last";
import type { PackageDetail, PackageVersion } from "./package-words";

export interface Asked {
  what: "publish" | "deprecate" | "delete";
  version: PackageVersion;
}

interface VersionDialogsProps {
  detail: PackageDetail;
  /** Null keeps every dialog closed. */
  asked: Asked | null;
  onClose: () => void;
}

/** Asks before a version is published, deprecated or deleted. */
export function VersionDialogs({ detail, asked, onClose }: VersionDialogsProps) {
  // While one closes it still shows what it was about.
  const last = useLast(asked);
  if (!last) return null;
  const props = { detail, version: last.version, open: asked !== null, onClose };
  if (last.what === "deprecate") return <DeprecateDialog {...props} />;
  return last.what === "publish" ? <PublishDialog {...props} /> : <DeleteDialog {...props} />;
}

interface VersionDialogProps {
  detail: PackageDetail;
  version: PackageVersion;
  open: boolean;
  onClose: () => void;
}

function useRefreshed(onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async () => {
    await queryClient.invalidateQueries(trpc.packages.pathFilter());
    onClose();
  };
}

function DeprecateDialog({ detail, version, open, onClose }: VersionDialogProps) {
  const trpc = useTRPC();
  const done = useRefreshed(onClose);
  const deprecate = useMutation(trpc.packages.deprecate.mutationOptions({ onSuccess: done }));
  return (
    <ReasonDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={
        <>
          Deprecate <bdi>{detail.name}</bdi> {version.version}
        </>
      }
      isRequired
      missing="Say why it should not be installed any more."
      hint="Whoever wants to install it reads it."
      confirmLabel={`Deprecate ${version.version}`}
      busyLabel={`Deprecating ${version.version}…`}
      busy={deprecate.isPending}
      error={deprecate.error}
      onConfirm={(reason) => deprecate.mutate({ package: detail.name, version: version.version, reason })}
    >
      Nobody installs it any more. Where it is, it stays.
    </ReasonDialog>
  );
}

function PublishDialog({ detail, version, open, onClose }: VersionDialogProps) {
  const trpc = useTRPC();
  const done = useRefreshed(onClose);
  const publish = useMutation(trpc.packages.publishDraft.mutationOptions({ onSuccess: done }));
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      danger={false}
      title={
        <>
          Publish <bdi>{detail.name}</bdi> {version.version}
        </>
      }
      reversal="This cannot be taken back. A published version can be deprecated."
      confirmLabel={`Publish ${version.version}`}
      busyLabel={`Publishing ${version.version}…`}
      busy={publish.isPending}
      error={refusalOf(publish.error)}
      onConfirm={() => publish.mutate({ package: detail.name, version: version.version })}
    >
      Makers and admins can install it in their environments from then on.
    </ConfirmDialog>
  );
}

function DeleteDialog({ detail, version, open, onClose }: VersionDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const done = useRefreshed(onClose);
  const isOnly = detail.versions.length === 1;
  const remove = useMutation(
    trpc.packages.deleteDraft.mutationOptions({
      onSuccess: async () => {
        if (!isOnly) return done();
        // Not the package itself: the page that is being left would find it gone.
        router.push(paths.fleetPackages());
        return queryClient.invalidateQueries(trpc.packages.list.pathFilter());
      },
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={
        <>
          Delete the draft <bdi>{detail.name}</bdi> {version.version}
        </>
      }
      reversal="This cannot be taken back. It can be published again from its folder."
      confirmLabel={`Delete ${version.version}`}
      busyLabel={`Deleting ${version.version}…`}
      busy={remove.isPending}
      error={refusalOf(remove.error)}
      onConfirm={() => remove.mutate({ package: detail.name, version: version.version })}
    >
      {isOnly ? "It is the only version, so the package goes with it." : "Its content is forgotten."}
    </ConfirmDialog>
  );
}
