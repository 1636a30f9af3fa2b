"use client";

import { lazy, Suspense } from "react";
import { useLast } from "@/components/ui/use-last";
import type { Finding } from "./finding-columns";

const AdoptOrphanDialog = lazy(async () => ({
  default: (await import("./adopt-orphan-dialog")).AdoptOrphanDialog,
}));
const DestroyOrphanDialog = lazy(async () => ({
  default: (await import("./destroy-orphan-dialog")).DestroyOrphanDialog,
}));

export interface ChosenOrphan {
  finding: Finding;
  to: "adopt" | "destroy";
}

interface OrphanDialogsProps {
  /** What is to be done with which one; null keeps the dialogs closed. */
  chosen: ChosenOrphan | null;
  onClose: () => void;
}

/** The dialogs that give an orphan an owner or an end, loaded when they are first asked for. */
export function OrphanDialogs({ chosen, onClose }: OrphanDialogsProps) {
  const shown = useLast(chosen);
  if (!shown) return null;
  const Chosen = shown.to === "adopt" ? AdoptOrphanDialog : DestroyOrphanDialog;
  return (
    <Suspense>
      <Chosen key={shown.finding.id} finding={shown.finding} open={chosen !== null} onClose={onClose} />
    </Suspense>
  );
}
