"use client";

import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { capacityOf } from "@/components/clusters/cluster-fields";
import { nameRules } from "@/components/forms/name-rules";
import { showFieldErrors } from "@/components/forms/show-field-errors";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { checkTenants, TenantsField } from "./pool-fields";
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
  const formId = useId();
  const [general, setGeneral] = useState<{ message: string; requestId: string | null } | null>(null);
  const form = useForm({
    mode: "onTouched",
    defaultValues: { name: pool.name, capacity: pool.capacity === null ? "" : String(pool.capacity) },
  });
  const save = useMutation(
    trpc.pools.update.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onOpenChange(false);
      },
      onError: (error) => {
        const refusal = explain(error);
        const message = showFieldErrors(form, refusal);
        setGeneral(message === null ? null : { message, requestId: refusal.requestId });
      },
    }),
  );
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit(({ name, capacity }) => {
    setGeneral(null);
    save.mutate({ pool: pool.id, name: name.trim(), capacity: capacityOf(capacity) });
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={
        <>
          Edit <bdi>{pool.name}</bdi>
        </>
      }
      description="The slug and the cluster stay as they are, and so does every tenant."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            loading={save.isPending}
            loadingLabel="Saving…"
            disabledReason={isDirty ? null : "Nothing has changed"}
          >
            Save
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={errors.name?.message} required>
          <Input autoComplete="off" {...form.register("name", nameRules)} />
        </Field>
        <TenantsField
          registration={form.register("capacity", { validate: checkTenants })}
          error={errors.capacity}
        />
        <FormError message={general?.message} requestId={general?.requestId ?? undefined} />
      </form>
    </Dialog>
  );
}
