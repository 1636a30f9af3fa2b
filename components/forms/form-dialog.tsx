"use client";

import { useId, type FormEvent } from "react";
import type { Refusal } from "@/components/api/refusal";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { DialogProps } from "@/components/ui/dialog-popup";
import { FormError } from "@/components/ui/form-error";

interface FormDialogProps extends Pick<DialogProps, "open" | "title" | "description" | "children"> {
  onClose: () => void;
  onSubmit: (event: FormEvent<HTMLFormElement>) => unknown;
  /** The verb with its object: "Add service". */
  submitLabel: string;
  /** While it runs: "Adding service…". */
  busyLabel?: string;
  busy?: boolean;
  /** It stays open until what it ordered is answered. */
  waits?: boolean;
  /** Why it cannot be submitted as it stands. */
  disabledReason?: string | null;
  /** What was refused of the form as a whole. */
  refusal?: Refusal | null;
}

/** A form in a dialog, with what cancels it, what submits it, and what was refused. */
export function FormDialog({ open, onClose, title, description, children, ...props }: FormDialogProps) {
  const { onSubmit, submitLabel, busyLabel, busy = false, waits = false, disabledReason, refusal } = props;
  const formId = useId();
  const isHeld = waits && busy;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void onSubmit(event);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && !isHeld && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose} disabledReason={isHeld ? "It is already under way" : null}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            loading={busy}
            loadingLabel={busyLabel}
            disabledReason={disabledReason}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <form method="post" id={formId} noValidate onSubmit={submit} className="flex min-w-0 flex-col gap-4">
        {children}
        {refusal && <FormError {...refusal} />}
      </form>
    </Dialog>
  );
}
