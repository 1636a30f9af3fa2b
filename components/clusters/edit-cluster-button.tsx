"use client";

import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ClusterDetail } from "./use-cluster";

const EditClusterDialog = lazy(async () => ({
  default: (await import("./edit-cluster-dialog")).EditClusterDialog,
}));

/** Opens the dialog that changes name, region, capacity and labels; each time with what holds now. */
export function EditClusterButton({ cluster }: { cluster: ClusterDetail }) {
  const [open, setOpen] = useState(false);
  const [round, setRound] = useState(0);
  return (
    <>
      <Button
        onClick={() => {
          setRound(round + 1);
          setOpen(true);
        }}
      >
        Edit
      </Button>
      {round > 0 && (
        <Suspense>
          <EditClusterDialog key={round} cluster={cluster} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
