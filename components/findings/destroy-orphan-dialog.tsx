"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatBytes } from "@/components/ui/format";
import { notify } from "@/components/ui/notify";
import type { Finding } from "./finding-columns";

interface DestroyOrphanDialogProps {
  finding: Finding;
  open: boolean;
  onClose: () => void;
}

/** Asks for the database's name and orders its end. */
export function DestroyOrphanDialog({ finding, open, onClose }: DestroyOrphanDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const destroy = useMutation(
    trpc.findings.destroy.mutationOptions({
      onSuccess: async ({ operation }) => {
        const changed = [trpc.findings, trpc.operations, trpc.fleet];
        await Promise.all(changed.map((part) => queryClient.invalidateQueries(part.pathFilter())));
        onClose();
        notify({
          message: "The database is being destroyed",
          action: { label: "Follow", onPress: () => router.push(paths.operation(operation.id)) },
        });
      },
    }),
  );
  function close() {
    destroy.reset();
    onClose();
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title="Destroy a database that nobody owns"
      reversal="This cannot be taken back. To look into it first, adopt it instead."
      typeToConfirm={finding.databaseName}
      typeLabel="database name"
      confirmLabel="Destroy database"
      busyLabel="Destroying database…"
      busy={destroy.isPending}
      error={refusalOf(destroy.error)}
      onConfirm={() => destroy.mutate({ finding: finding.id, confirm: finding.databaseName })}
    >
      The database on {finding.cluster?.slug ?? "its cluster"} is dropped with everything in it (
      {formatBytes(finding.sizeBytes)}), and with the logins that lead to it. If an environment owns it by
      then, nothing happens.
    </ConfirmDialog>
  );
}
