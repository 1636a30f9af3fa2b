"use client";

import { useId, type ReactNode } from "react";
import { useForm } from "react-hook-form";
import { explain, type ApiError } from "@/components/api/explain";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { MutationError } from "./mutation-error";

export interface ReasonDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, to what, and whether it can be taken back. */
  children: ReactNode;
  /** Left out: a reason is welcome, not needed. */
  isRequired?: boolean;
  /** Said when a needed reason is not given. */
  missing?: string;
  /** Who reads it. */
  hint?: string;
  confirmLabel: string;
  busyLabel: string;
  busy: boolean;
  error: ApiError | null;
  onConfirm: (reason: string) => void;
}

const longest = 500;

/** Asks why before something is taken out of service; the reason shows wherever it is missed. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { open, busy, onOpenChange } = props;
  const formId = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !busy && onOpenChange(next)}
      title={props.title}
      description={props.children}
      footer={
        <>
          <Button
            onClick={() => onOpenChange(false)}
            disabledReason={busy ? "It is already under way" : null}
          >
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="danger" loading={busy} loadingLabel={props.busyLabel}>
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <ReasonForm id={formId} {...props} />
    </Dialog>
  );
}

const readers = "Members read it on the overview, auditors in the activity list.";

function ReasonForm({
  id,
  isRequired = false,
  error,
  onConfirm,
  ...props
}: ReasonDialogProps & { id: string }) {
  const { missing = "Say why.", hint = readers } = props;
  const { register, handleSubmit, formState } = useForm({ mode: "onTouched", defaultValues: { reason: "" } });
  const refusedField = error && explain(error).fields.find((field) => field.path === "reason");
  return (
    <form
      method="post"
      id={id}
      noValidate
      onSubmit={(event) => void handleSubmit(({ reason }) => onConfirm(reason.trim()))(event)}
      className="flex flex-col gap-4"
    >
      <Field
        label="Reason"
        optional={!isRequired}
        required={isRequired}
        hint={hint}
        error={formState.errors.reason?.message ?? refusedField?.message}
      >
        <Textarea
          {...register("reason", {
            validate: (text) => (isRequired && text.trim() === "" ? missing : true),
            maxLength: { value: longest, message: `A reason has at most ${longest} characters.` },
          })}
        />
      </Field>
      {!refusedField && <MutationError error={error} />}
    </form>
  );
}
