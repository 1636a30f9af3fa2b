"use client";

import { lazy, Suspense, useState } from "react";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { useRound } from "@/components/ui/use-round";

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
  const open = asked !== null;
  const round = useRound(open);
  const [last, setLast] = useState(asked);
  if (open && asked !== last) setLast(asked);
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
