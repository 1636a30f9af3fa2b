"use client";

import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { FormDialog } from "@/components/forms/form-dialog";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { limitRefusal } from "@/server/domain/environments/state";
import { checkRows, checkStorage, RowsField, StorageField } from "./limit-fields";
import { useEnvironmentRefresh, type EnvironmentDetail } from "./use-environment";

interface LimitsDialogProps {
  environment: EnvironmentDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Changes what an environment may hold. */
export function LimitsDialog({ environment, open, onOpenChange }: LimitsDialogProps) {
  const { placement } = environment;
  const trpc = useTRPC();
  const refresh = useEnvironmentRefresh();
  const form = useForm({
    mode: "onTouched",
    defaultValues: {
      storageLimitMb: String(placement.storageLimitMb),
      rowLimit: placement.rowLimit === null ? "" : String(placement.rowLimit),
    },
  });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const save = useMutation(
    trpc.environments.setLimits.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onOpenChange(false);
      },
      onError: refuse,
    }),
  );
  const { errors, isDirty, dirtyFields } = form.formState;
  const hasRows = limitRefusal("rowLimit", placement) === null;
  const onSubmit = submit(({ storageLimitMb, rowLimit }) => {
    // What was left alone stays as it is by then, whoever else is at it.
    save.mutate({
      environment: environment.id,
      ...(dirtyFields.storageLimitMb ? { storageLimitMb: Number(storageLimitMb) } : {}),
      ...(dirtyFields.rowLimit ? { rowLimit: rowLimit.trim() === "" ? null : Number(rowLimit) } : {}),
    });
  });
  return (
    <FormDialog
      open={open}
      onClose={() => onOpenChange(false)}
      title={
        <>
          Limits of <bdi>{environment.name}</bdi>
        </>
      }
      description={
        hasRows
          ? "Below what it holds, its writes are refused at once. Reads and deletions go on."
          : "Below what it takes, it cannot grow. Reads and deletions go on."
      }
      onSubmit={onSubmit}
      submitLabel="Set limits"
      busyLabel="Setting limits…"
      busy={save.isPending}
      disabledReason={isDirty ? null : "Nothing has changed"}
      refusal={refusal}
    >
      <StorageField
        registration={form.register("storageLimitMb", { validate: checkStorage })}
        error={errors.storageLimitMb}
      />
      {hasRows && (
        <RowsField
          registration={form.register("rowLimit", { validate: checkRows })}
          error={errors.rowLimit}
        />
      )}
    </FormDialog>
  );
}
