"use client";

import { lazy, Suspense } from "react";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { useRound } from "@/components/ui/use-round";

const IssueCredentialDialog = lazy(async () => ({
  default: (await import("./issue-credential-dialog")).IssueCredentialDialog,
}));

export interface IssueCredentialProps {
  environment: EnvironmentDetail;
  open: boolean;
  onClose: () => void;
}

/** The dialog that issues a credential, loaded when it is first asked for and empty each time. */
export function IssueCredential({ open, ...props }: IssueCredentialProps) {
  const round = useRound(open);
  if (round === 0) return null;
  return (
    <Suspense>
      <IssueCredentialDialog key={round} open={open} {...props} />
    </Suspense>
  );
}
