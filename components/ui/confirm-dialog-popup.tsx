"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useId, useState, type FormEvent, type ReactNode } from "react";

import { Button } from "./button";
import { Field } from "./field";
import { FormError } from "./form-error";
import { Input } from "./input";

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What is asked, as the verb and the thing: "Delete staging". */
  title: ReactNode;
  /** What will happen, to what. */
  children: ReactNode;
  /** Whether and how long it can be taken back. */
  reversal: ReactNode;
  /** The verb with its object: "Delete staging". Never OK. */
  confirmLabel: string;
  /** While it runs: "Deleting staging…". */
  busyLabel: string;
  onConfirm: () => void;
  busy?: boolean;
  /** For what cannot be taken back: this text has to be typed. */
  typeToConfirm?: string;
  /** What to type it is: "slug", "organization name". */
  typeLabel?: string;
  /** What did not work; the dialog stays open. */
  error?: { message: string; requestId?: string } | null;
  danger?: boolean;
  /** Why it cannot be confirmed at all, such as a protected environment, and who can lift it. */
  disabledReason?: string | null;
}

function ConfirmForm(props: ConfirmDialogProps) {
  const { typeToConfirm, typeLabel = "name", busy = false, danger = true, disabledReason } = props;
  const formId = useId();
  const [typed, setTyped] = useState("");
  const mismatch = typeToConfirm !== undefined && typed.trim() !== typeToConfirm;
  const reason = disabledReason ?? (mismatch ? `Type ${typeToConfirm} first` : null);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!reason && !busy) props.onConfirm();
  }

  return (
    <>
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4 px-4 pt-1 pb-4">
        <AlertDialog.Description render={<div />} className="flex flex-col gap-2 text-table text-muted">
          <div>{props.children}</div>
          <div className="text-ink">{props.reversal}</div>
        </AlertDialog.Description>
        {typeToConfirm !== undefined && !disabledReason && (
          <Field
            label={
              <>
                Type the {typeLabel} <bdi className="font-mono select-all">{typeToConfirm}</bdi>
              </>
            }
          >
            <Input
              mono
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
        )}
        <FormError message={props.error?.message} requestId={props.error?.requestId} />
      </form>
      <div className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
        <Button
          onClick={() => props.onOpenChange(false)}
          disabledReason={busy ? "It is already under way" : null}
        >
          Cancel
        </Button>
        <Button
          type="submit"
          form={formId}
          variant={danger ? "danger" : "primary"}
          loading={busy}
          loadingLabel={props.busyLabel}
          disabledReason={reason}
        >
          {props.confirmLabel}
        </Button>
      </div>
    </>
  );
}

/** The floating part of a confirmation, loaded when the first one opens. */
export function ConfirmDialogPopup(props: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={props.open} onOpenChange={(open) => !props.busy && props.onOpenChange(open)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="veil fixed inset-0 z-40" />
        <AlertDialog.Viewport className="fixed inset-0 z-40 grid overflow-y-auto p-3 sm:p-6">
          <AlertDialog.Popup className="float m-auto w-full max-w-md min-w-0 rounded-md bg-panel shadow-float outline-none sm:mt-[12vh]">
            <AlertDialog.Title className="px-4 pt-3.5 text-lg font-medium [overflow-wrap:anywhere]">
              {props.title}
            </AlertDialog.Title>
            <ConfirmForm {...props} />
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
