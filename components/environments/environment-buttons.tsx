"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { Button, type ButtonProps } from "@/components/ui/button";
import { environmentRefusal } from "@/server/domain/environments/state";
import { MutationError } from "./mutation-error";
import { environmentRoleRefusal } from "./role-refusal";
import { useEnvironmentRefresh, type EnvironmentDetail } from "./use-environment";

interface EnvironmentButtonProps extends Pick<ButtonProps, "variant" | "size"> {
  environment: EnvironmentDetail;
}

/** Puts a suspended or archived environment back into use. */
export function ResumeButton({ environment, ...look }: EnvironmentButtonProps) {
  const trpc = useTRPC();
  const refresh = useEnvironmentRefresh();
  const resume = useMutation(trpc.environments.resume.mutationOptions({ onSuccess: refresh }));
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        {...look}
        loading={resume.isPending}
        loadingLabel="Resuming…"
        disabledReason={
          environmentRoleRefusal(environment.role, "environment.suspend") ??
          environmentRefusal("resume", environment)
        }
        onClick={() => resume.mutate({ environment: environment.id })}
      >
        Resume
      </Button>
      <MutationError error={resume.error} />
    </div>
  );
}

/** Puts a deleted environment back into use, while its data is still kept. */
export function RecoverButton({ environment, ...look }: EnvironmentButtonProps) {
  const trpc = useTRPC();
  const refresh = useEnvironmentRefresh();
  const recover = useMutation(trpc.environments.recover.mutationOptions({ onSuccess: refresh }));
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        {...look}
        loading={recover.isPending}
        loadingLabel="Recovering…"
        disabledReason={
          environmentRoleRefusal(environment.role, "environment.delete") ??
          environmentRefusal("recover", environment)
        }
        onClick={() => recover.mutate({ environment: environment.id })}
      >
        Recover
      </Button>
      <MutationError error={recover.error} />
    </div>
  );
}

/** Makes a failed environment again, or has a deletion that waits tried now. */
export function RetryButton({
  environment,
  onRetried,
  ...look
}: EnvironmentButtonProps & { onRetried?: ((operationId: string) => void) | undefined }) {
  const trpc = useTRPC();
  const refresh = useEnvironmentRefresh();
  const retry = useMutation(
    trpc.environments.retry.mutationOptions({
      onSuccess: async ({ operation }) => {
        onRetried?.(operation.id);
        await refresh();
      },
    }),
  );
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        {...look}
        loading={retry.isPending}
        loadingLabel="Retrying…"
        disabledReason={
          environmentRoleRefusal(environment.role, "environment.retry") ??
          environmentRefusal("retry", environment)
        }
        onClick={() => retry.mutate({ environment: environment.id })}
      >
        {environment.status === "deleting" ? "Try now" : "Retry"}
      </Button>
      <MutationError error={retry.error} />
    </div>
  );
}
