"use client";

import { useMutation } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { RegionField } from "@/components/environments/region-field";
import { isRegion, type Region } from "@/components/environments/regions";
import { FormDialog } from "@/components/forms/form-dialog";
import { NameField } from "@/components/forms/name-fields";
import { nameRules } from "@/components/forms/name-rules";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { CapacityField, capacityOf, checkCapacity } from "./capacity-field";
import { checkLabels, labelLines, parseLabels } from "./label-lines";
import { LabelsField } from "./labels-field";
import { useClusterRefresh, type ClusterDetail } from "./use-cluster";

interface EditClusterDialogProps {
  cluster: ClusterDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

interface Values {
  name: string;
  region: Region | null;
  capacity: string;
  labels: string;
}

/** Changes what a cluster is called and how much it takes; its address and login stay. */
export function EditClusterDialog({ cluster, open, onOpenChange }: EditClusterDialogProps) {
  const trpc = useTRPC();
  const refresh = useClusterRefresh();
  const form = useForm<Values>({
    mode: "onTouched",
    defaultValues: {
      name: cluster.name,
      region: isRegion(cluster.region) ? cluster.region : null,
      capacity: cluster.capacity === null ? "" : String(cluster.capacity),
      labels: labelLines(cluster.labels),
    },
  });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const save = useMutation(
    trpc.clusters.update.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onOpenChange(false);
      },
      onError: refuse,
    }),
  );
  const { errors, isDirty } = form.formState;
  const onSubmit = submit((values) => {
    const parsed = parseLabels(values.labels);
    save.mutate({
      cluster: cluster.id,
      name: values.name.trim(),
      ...(values.region ? { region: values.region } : {}),
      capacity: capacityOf(values.capacity),
      ...("labels" in parsed ? { labels: parsed.labels } : {}),
    });
  });
  return (
    <FormDialog
      open={open}
      onClose={() => onOpenChange(false)}
      title={
        <>
          Edit <bdi>{cluster.name}</bdi>
        </>
      }
      description="The slug, the address and the login stay as they are."
      onSubmit={onSubmit}
      submitLabel="Save"
      busyLabel="Saving…"
      busy={save.isPending}
      disabledReason={isDirty ? null : "Nothing has changed"}
      refusal={refusal}
    >
      <NameField registration={form.register("name", nameRules)} error={errors.name} />
      <Controller
        control={form.control}
        name="region"
        render={({ field, fieldState }) => (
          <RegionField
            field={field}
            error={fieldState.error?.message}
            hint="It says where the cluster is, and moves nothing. It stays while the cluster holds data that must not leave it."
          />
        )}
      />
      <CapacityField
        holder="cluster"
        registration={form.register("capacity", { validate: checkCapacity("cluster") })}
        error={errors.capacity}
      />
      <LabelsField registration={form.register("labels", { validate: checkLabels })} error={errors.labels} />
    </FormDialog>
  );
}
