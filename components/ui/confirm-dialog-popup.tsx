"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useId, useState, type FormEvent } from "react";

import { Button } from "./button";
import type { ConfirmDialogProps } from "./confirm-dialog";
import { Field } from "./field";
import { FormError } from "./form-error";
import { Input } from "./input";

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
