"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/dialog-on-demand";
import type { ClusterDetail } from "./use-cluster";

const EditClusterDialog = dialogOnDemand(
  async () => (await import("./edit-cluster-dialog")).EditClusterDialog,
);

/** Opens the dialog that changes name, region, capacity and labels; each time with what holds now. */
export function EditClusterButton({ cluster }: { cluster: ClusterDetail }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit</Button>
      <EditClusterDialog cluster={cluster} open={open} onOpenChange={setOpen} />
    </>
  );
}
