"use client";

import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { CapacityField, capacityOf, checkCapacity } from "@/components/clusters/capacity-field";
import { FormDialog } from "@/components/forms/form-dialog";
import { NameField } from "@/components/forms/name-fields";
import { nameRules } from "@/components/forms/name-rules";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { usePoolRefresh, type PoolDetail } from "./use-pool";

interface EditPoolDialogProps {
  pool: PoolDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Changes what a pool is called and how many tenants it takes. */
export function EditPoolDialog({ pool, open, onOpenChange }: EditPoolDialogProps) {
  const trpc = useTRPC();
  const refresh = usePoolRefresh();
  const form = useForm({
    mode: "onTouched",
    defaultValues: { name: pool.name, capacity: pool.capacity === null ? "" : String(pool.capacity) },
  });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const save = useMutation(
    trpc.pools.update.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onOpenChange(false);
      },
      onError: refuse,
    }),
  );
  const { errors, isDirty } = form.formState;
  const onSubmit = submit(({ name, capacity }) => {
    save.mutate({ pool: pool.id, name: name.trim(), capacity: capacityOf(capacity) });
  });
  return (
    <FormDialog
      open={open}
      onClose={() => onOpenChange(false)}
      title={
        <>
          Edit <bdi>{pool.name}</bdi>
        </>
      }
      description="The slug and the cluster stay as they are, and so does every tenant."
      onSubmit={onSubmit}
      submitLabel="Save"
      busyLabel="Saving…"
      busy={save.isPending}
      disabledReason={isDirty ? null : "Nothing has changed"}
      refusal={refusal}
    >
      <NameField registration={form.register("name", nameRules)} error={errors.name} />
      <CapacityField
        holder="pool"
        registration={form.register("capacity", { validate: checkCapacity("pool") })}
        error={errors.capacity}
      />
    </FormDialog>
  );
}
