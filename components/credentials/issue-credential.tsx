"use client";

import { lazy, Suspense } from "react";
import { useRound } from "@/components/ui/use-round";
import type { IssueCredentialDialogProps } from "./issue-credential-dialog";

const IssueCredentialDialog = lazy(async () => ({
  default: (await import("./issue-credential-dialog")).IssueCredentialDialog,
}));

/** The dialog that issues a credential, loaded when it is first asked for and empty each time. */
export function IssueCredential({ open, ...props }: IssueCredentialDialogProps) {
  const round = useRound(open);
  if (round === 0) return null;
  return (
    <Suspense>
      <IssueCredentialDialog key={round} open={open} {...props} />
    </Suspense>
  );
}
