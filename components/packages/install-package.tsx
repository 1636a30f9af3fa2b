"use client";

import { lazy, Suspense, useState } from "react";
import type { EnvironmentDetail } from "@/components/environments/use-environment";

const InstallPackageDialog = lazy(async () => ({
  default: (await import("./install-package-dialog")).InstallPackageDialog,
}));

interface InstallPackageProps {
  environment: EnvironmentDetail;
  /** The package that it is about; "" lets people choose, null keeps the dialog closed. */
  asked: string | null;
  onClose: () => void;
}

/** The dialog that installs a package, loaded when it is first asked for and fresh each time. */
export function InstallPackage({ environment, asked, onClose }: InstallPackageProps) {
  const [round, setRound] = useState(0);
  const [last, setLast] = useState<string | null>(null);
  const [wasOpen, setWasOpen] = useState(false);
  const open = asked !== null;
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) {
      setRound(round + 1);
      setLast(asked);
    }
  }
  if (round === 0) return null;
  return (
    <Suspense>
      <InstallPackageDialog
        key={round}
        environment={environment}
        preset={last || null}
        open={open}
        onClose={onClose}
      />
    </Suspense>
  );
}
