"use client";

import { lazy, Suspense, useState } from "react";

const CreateApiKeyDialog = lazy(async () => ({
  default: (await import("./create-api-key-dialog")).CreateApiKeyDialog,
}));

interface CreateApiKeyProps {
  open: boolean;
  onClose: () => void;
}

/** The dialog that makes a key, loaded when it is first asked for and empty each time. */
export function CreateApiKey({ open, onClose }: CreateApiKeyProps) {
  const [round, setRound] = useState(0);
  const [wasOpen, setWasOpen] = useState(false);
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setRound(round + 1);
  }
  if (round === 0) return null;
  return (
    <Suspense>
      <CreateApiKeyDialog key={round} open={open} onClose={onClose} />
    </Suspense>
  );
}
