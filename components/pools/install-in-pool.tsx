"use client";

import { lazy, Suspense, useState } from "react";
import { useRound } from "@/components/ui/use-round";
import type { PoolDetail } from "./use-pool";

const InstallInPoolDialog = lazy(async () => ({
  default: (await import("./install-in-pool-dialog")).InstallInPoolDialog,
}));

interface InstallInPoolProps {
  pool: PoolDetail;
  /** The package that it is about; "" lets people choose, null keeps the dialog closed. */
  asked: string | null;
  onClose: () => void;
}

/** The dialog that installs a package in a pool, loaded when it is first asked for and fresh each time. */
export function InstallInPool({ pool, asked, onClose }: InstallInPoolProps) {
  const open = asked !== null;
  const round = useRound(open);
  const [last, setLast] = useState(asked);
  if (open && asked !== last) setLast(asked);
  if (round === 0) return null;
  return (
    <Suspense>
      <InstallInPoolDialog key={round} pool={pool} preset={last || null} open={open} onClose={onClose} />
    </Suspense>
  );
}
