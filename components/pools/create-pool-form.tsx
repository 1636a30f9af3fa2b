"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { FormPage } from "@/components/forms/form-page";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { paths } from "@/components/paths";
import { CreatePoolFields } from "./create-pool-fields";
import { CreatePoolSummary } from "./create-pool-summary";
import { toCreate, type CreatePoolValues } from "./create-pool-values";
import { postgresClusters } from "./postgres-clusters";
import { usePoolRefresh } from "./use-pool";

interface CreatePoolFormProps {
  /** The id of the cluster that the person comes from. */
  cluster: string | null;
}

/** Everything that a new pool needs, with what happens next beside the form. */
export function CreatePoolForm({ cluster }: CreatePoolFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const refresh = usePoolRefresh();
  const clusters = useQuery(trpc.clusters.list.queryOptions(postgresClusters));
  const known = clusters.data?.items ?? [];
  const asked = known.find(({ id }) => id === cluster);
  const [only, ...others] = known.filter(({ state }) => state === "active");
  const likely = asked ?? (others.length === 0 ? only : undefined);
  const form = useForm<CreatePoolValues>({
    mode: "onTouched",
    defaultValues: { name: "", slug: "", cluster: likely?.id ?? "", capacity: "" },
  });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const create = useMutation(
    trpc.pools.add.mutationOptions({
      onSuccess: ({ pool, operation }) => {
        router.push(paths.fleetPool(pool.id, operation.id));
        void refresh();
      },
      onError: refuse,
    }),
  );
  const onSubmit = submit((values) => {
    create.mutate(toCreate(values));
  });
  return (
    <FormPage
      autoComplete="off"
      onSubmit={onSubmit}
      summary={
        <CreatePoolSummary
          form={form}
          clusters={known}
          busy={create.isPending || create.isSuccess}
          refusal={refusal}
        />
      }
    >
      <CreatePoolFields form={form} clusters={known} unread={clusters.error} />
    </FormPage>
  );
}
