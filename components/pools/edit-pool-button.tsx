"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/dialog-on-demand";
import type { PoolDetail } from "./use-pool";

const EditPoolDialog = dialogOnDemand(async () => (await import("./edit-pool-dialog")).EditPoolDialog);

/** Opens the dialog that changes name and capacity; each time with what holds now. */
export function EditPoolButton({ pool }: { pool: PoolDetail }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit</Button>
      <EditPoolDialog pool={pool} open={open} onOpenChange={setOpen} />
    </>
  );
}
