"use client";

import { lazy, Suspense } from "react";
import { useRound } from "@/components/ui/use-round";

const AddServiceDialog = lazy(async () => ({
  default: (await import("./add-service-dialog")).AddServiceDialog,
}));

interface AddServiceProps {
  open: boolean;
  onClose: () => void;
}

/** The dialog that adds a service, loaded when it is first asked for and empty each time. */
export function AddService({ open, onClose }: AddServiceProps) {
  const round = useRound(open);
  if (round === 0) return null;
  return (
    <Suspense>
      <AddServiceDialog key={round} open={open} onClose={onClose} />
    </Suspense>
  );
}
