"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { FormPage } from "@/components/forms/form-page";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { paths } from "@/components/paths";
import { AddClusterFields } from "./add-cluster-fields";
import { AddClusterSummary } from "./add-cluster-summary";
import { noCluster, toAdd, type AddClusterValues } from "./add-cluster-values";
import { useClusterRefresh } from "./use-cluster";

/** Everything that a new cluster needs, with what happens next beside the form. */
export function AddClusterForm() {
  const trpc = useTRPC();
  const router = useRouter();
  const refresh = useClusterRefresh();
  const form = useForm<AddClusterValues>({ mode: "onTouched", defaultValues: noCluster });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const add = useMutation(
    trpc.clusters.add.mutationOptions({
      onSuccess: ({ cluster, operation }) => {
        // The login leaves the page's memory with the form.
        form.reset(noCluster);
        router.push(paths.fleetCluster(cluster.id, operation.id));
        void refresh();
      },
      onError: refuse,
    }),
  );
  const onSubmit = submit((values) => {
    add.mutate(toAdd(values));
  });
  return (
    <FormPage
      autoComplete="off"
      onSubmit={onSubmit}
      summary={<AddClusterSummary form={form} busy={add.isPending || add.isSuccess} refusal={refusal} />}
    >
      <AddClusterFields form={form} />
    </FormPage>
  );
}
