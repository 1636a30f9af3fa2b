"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatBytes } from "@/components/ui/format";
import { notify } from "@/components/ui/notify";
import type { Finding } from "./finding-columns";

interface DestroyOrphanProps {
  /** What is to end; null keeps the dialog closed. */
  finding: Finding | null;
  onClose: () => void;
}

/** Asks for the database's name and orders its end. */
export function DestroyOrphan({ finding, onClose }: DestroyOrphanProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [shown, setShown] = useState(finding);
  // While it closes it still shows what it was about.
  if (finding && finding !== shown) setShown(finding);
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
  if (!shown) return null;
  function close() {
    destroy.reset();
    onClose();
  }
  return (
    <ConfirmDialog
      key={shown.id}
      open={finding !== null}
      onOpenChange={(open) => !open && close()}
      title="Destroy a database that nobody owns"
      reversal="This cannot be taken back. To look into it first, adopt it instead."
      typeToConfirm={shown.databaseName}
      typeLabel="database name"
      confirmLabel="Destroy database"
      busyLabel="Destroying database…"
      busy={destroy.isPending}
      error={refusalOf(destroy.error)}
      onConfirm={() => destroy.mutate({ finding: shown.id, confirm: shown.databaseName })}
    >
      The database on {shown.cluster?.slug ?? "its cluster"} is dropped with everything in it (
      {formatBytes(shown.sizeBytes)}), and with the logins that lead to it. If an environment owns it by then,
      nothing happens.
    </ConfirmDialog>
  );
}
