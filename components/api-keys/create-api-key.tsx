"use client";

import { lazy, Suspense } from "react";
import { useRound } from "@/components/ui/use-round";

const CreateApiKeyDialog = lazy(async () => ({
  default: (await import("./create-api-key-dialog")).CreateApiKeyDialog,
}));

interface CreateApiKeyProps {
  open: boolean;
  onClose: () => void;
}

/** The dialog that makes a key, loaded when it is first asked for and empty each time. */
export function CreateApiKey({ open, onClose }: CreateApiKeyProps) {
  const round = useRound(open);
  if (round === 0) return null;
  return (
    <Suspense>
      <CreateApiKeyDialog key={round} open={open} onClose={onClose} />
    </Suspense>
  );
}
