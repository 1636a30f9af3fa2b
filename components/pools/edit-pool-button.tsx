"use client";

import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import type { PoolDetail } from "./use-pool";

const EditPoolDialog = lazy(async () => ({
  default: (await import("./edit-pool-dialog")).EditPoolDialog,
}));

/** Opens the dialog that changes name and capacity; each time with what holds now. */
export function EditPoolButton({ pool }: { pool: PoolDetail }) {
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
          <EditPoolDialog key={round} pool={pool} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
