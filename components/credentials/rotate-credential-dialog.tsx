"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { FormDialog } from "@/components/forms/form-dialog";
import { OperationTimeline } from "@/components/operations/operation-timeline";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { RadioCards } from "@/components/ui/radio-cards";
import { Time } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import type { CredentialDialogProps } from "./credential-dialog";
import type { Issued } from "./credential-words";
import { IssuedDialog } from "./issued-dialog";
import { useCredentialRefresh } from "./use-credential-refresh";

const overlaps = ["0", "3600", "86400", "604800"] as const;
type Overlap = (typeof overlaps)[number];

const overlapWords: Record<Overlap, { label: string; description: string }> = {
  "0": { label: "None", description: "The old one stops as soon as the new one works." },
  "3600": { label: "1 hour", description: "For what you change by hand right now." },
  "86400": { label: "24 hours", description: "For what is deployed once a day." },
  "604800": { label: "7 days", description: "For what others have to change." },
};

/** Asks how long the old one goes on working, makes the next generation and shows it once. */
export function RotateCredentialDialog(props: CredentialDialogProps) {
  const { environment, credential, revokesTogether, open, onClose } = props;
  const trpc = useTRPC();
  const refresh = useCredentialRefresh();
  const [overlap, setOverlap] = useState<Overlap>("3600");
  const rotate = useMutation(trpc.credentials.rotate.mutationOptions({ onSettled: refresh }));
  if (rotate.data) return <Rotated {...props} issued={rotate.data} overlapSeconds={Number(overlap)} />;
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title={
        <>
          Rotate <bdi>{credential.name}</bdi>
        </>
      }
      description={
        credential.audience === "services"
          ? "A new secret takes its place once it has proven itself. Services fetch it by themselves."
          : "A new secret takes its place once it has proven itself, and is shown once. Put it wherever the old one is used."
      }
      onSubmit={() =>
        rotate.mutate({
          environment: environment.id,
          credential: credential.id,
          overlapSeconds: Number(overlap),
        })
      }
      submitLabel="Rotate credential"
      busyLabel="Rotating credential…"
      busy={rotate.isPending}
      waits
      refusal={refusalOf(rotate.error)}
    >
      <RadioCards
        legend="How long the old one goes on working"
        name="overlap"
        columns={2}
        value={overlap}
        onValueChange={setOverlap}
        options={overlaps.map((value) => ({ value, ...overlapWords[value] }))}
      />
      <p aria-live="polite" className="text-table text-muted">
        <EndOfOld overlapSeconds={Number(overlap)} />
      </p>
      {revokesTogether && (
        <p className="text-table text-amber">
          Turso ends every login of a database together: when the old one ends, the new one ends with it.
          Services then get another one by themselves; direct ones have to be issued again.
        </p>
      )}
    </FormDialog>
  );
}

function EndOfOld({ overlapSeconds }: { overlapSeconds: number }) {
  const now = useNow();
  if (overlapSeconds === 0) return "The old one is refused from that moment on, and its sessions end.";
  return (
    <>
      Both work until <Time exact value={now + overlapSeconds * 1000} />. Then the old one is refused, and its
      sessions end.
    </>
  );
}

interface RotatedProps extends CredentialDialogProps {
  issued: Issued;
  overlapSeconds: number;
}

function Rotated({ credential, issued, overlapSeconds, open, onClose }: RotatedProps) {
  if (credential.audience === "direct") {
    return (
      <IssuedDialog open={open} onClose={onClose} title="The next generation" issued={issued}>
        <p className="text-table text-muted">
          <EndOfOld overlapSeconds={overlapSeconds} />
        </p>
      </IssuedDialog>
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="The rotation is under way"
      description="There is no secret to keep: services fetch the new one by themselves, within seconds."
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <OperationTimeline operationId={issued.operation.id} />
      <p className="text-table text-muted">
        <EndOfOld overlapSeconds={overlapSeconds} />
      </p>
    </Dialog>
  );
}
