"use client";

import { dialogOnDemand } from "@/components/ui/dialog-on-demand";
import { useLast } from "@/components/ui/use-last";
import type { CredentialDialogProps } from "./credential-dialog";
import type { Credential } from "./credential-words";

const RotateCredentialDialog = dialogOnDemand(
  async () => (await import("./rotate-credential-dialog")).RotateCredentialDialog,
);
const RevokeCredentialDialog = dialogOnDemand(
  async () => (await import("./revoke-credential-dialog")).RevokeCredentialDialog,
);
const ScheduleRotationDialog = dialogOnDemand(
  async () => (await import("./schedule-rotation-dialog")).ScheduleRotationDialog,
);

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
  const last = useLast(asked);
  if (!last) return null;
  const dialog = { ...props, credential: last.credential, open: asked !== null };
  return (
    <>
      {last.what === "rotation" && <RotateCredentialDialog {...dialog} />}
      {last.what === "revocation" && <RevokeCredentialDialog {...dialog} />}
      {last.what === "schedule" && <ScheduleRotationDialog {...dialog} />}
    </>
  );
}
