"use client";

import { lazy, Suspense, useState } from "react";
import type { CredentialDialogProps } from "./credential-dialog";
import type { Credential } from "./credential-words";

const RotateCredentialDialog = lazy(async () => ({
  default: (await import("./rotate-credential-dialog")).RotateCredentialDialog,
}));
const RevokeCredentialDialog = lazy(async () => ({
  default: (await import("./revoke-credential-dialog")).RevokeCredentialDialog,
}));
const ScheduleRotationDialog = lazy(async () => ({
  default: (await import("./schedule-rotation-dialog")).ScheduleRotationDialog,
}));

export interface Asked {
  what: "rotation" | "revocation" | "schedule";
  credential: Credential;
}

interface CredentialDialogsProps extends Pick<CredentialDialogProps, "environment" | "revokesTogether"> {
  /** Closed while null. */
  asked: Asked | null;
  onClose: () => void;
}

/** What is asked before something is done to a credential: loaded when first asked, empty each time. */
export function CredentialDialogs({ asked, ...props }: CredentialDialogsProps) {
  const [last, setLast] = useState(asked);
  const [round, setRound] = useState(0);
  if (asked !== null && asked !== last) {
    setLast(asked);
    setRound(round + 1);
  }
  if (!last) return null;
  const dialog = { ...props, credential: last.credential, open: asked !== null };
  return (
    <Suspense>
      {last.what === "rotation" && <RotateCredentialDialog key={round} {...dialog} />}
      {last.what === "revocation" && <RevokeCredentialDialog key={round} {...dialog} />}
      {last.what === "schedule" && <ScheduleRotationDialog key={round} {...dialog} />}
    </Suspense>
  );
}
