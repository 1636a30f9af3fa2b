"use client";

import { lazy, Suspense, useState } from "react";
import type { Finding } from "./finding-columns";

const AdoptOrphanDialog = lazy(async () => ({
  default: (await import("./adopt-orphan-dialog")).AdoptOrphanDialog,
}));

interface AdoptOrphanProps {
  /** What is adopted; null keeps the dialog closed. */
  finding: Finding | null;
  onClose: () => void;
}

/** The dialog that gives an orphan an owner, loaded when it is first asked for. */
export function AdoptOrphan({ finding, onClose }: AdoptOrphanProps) {
  const [shown, setShown] = useState(finding);
  // While it closes it still shows what it was about.
  if (finding && finding !== shown) setShown(finding);
  if (!shown) return null;
  return (
    <Suspense>
      <AdoptOrphanDialog key={shown.id} finding={shown} open={finding !== null} onClose={onClose} />
    </Suspense>
  );
}
