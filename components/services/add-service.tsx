"use client";

import { lazy, Suspense, useState } from "react";

const AddServiceDialog = lazy(async () => ({
  default: (await import("./add-service-dialog")).AddServiceDialog,
}));

interface AddServiceProps {
  open: boolean;
  onClose: () => void;
}

/** The dialog that adds a service, loaded when it is first asked for and empty each time. */
export function AddService({ open, onClose }: AddServiceProps) {
  const [round, setRound] = useState(0);
  const [wasOpen, setWasOpen] = useState(false);
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setRound(round + 1);
  }
  if (round === 0) return null;
  return (
    <Suspense>
      <AddServiceDialog key={round} open={open} onClose={onClose} />
    </Suspense>
  );
}
