"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { environmentRefusal } from "@/server/domain/environments/state";
import { ResumeButton } from "./environment-buttons";
import { ReasonDialog } from "./reason-dialog";
import { environmentRoleRefusal } from "./role-refusal";
import { SettingRow } from "./setting-row";
import { useEnvironmentRefresh, type EnvironmentDetail } from "./use-environment";

/** Taking an environment out of service and putting it back. */
export function ServiceSettings({ environment }: { environment: EnvironmentDetail }) {
  const [open, setOpen] = useState<"suspend" | "archive" | null>(null);
  const close = (next: boolean) => !next && setOpen(null);
  const { role } = environment;
  return (
    <Panel title="Service" flush>
      <SettingRow
        title="Suspend"
        action={
          <Button
            disabledReason={
              environmentRoleRefusal(role, "environment.suspend") ??
              environmentRefusal("suspend", environment)
            }
            onClick={() => setOpen("suspend")}
          >
            Suspend…
          </Button>
        }
      >
        Services are refused until it is resumed. The data stays as it is.
      </SettingRow>
      <SettingRow title="Resume" action={<ResumeButton environment={environment} />}>
        Puts a suspended or archived environment back into use at once.
      </SettingRow>
      <SettingRow
        title="Archive"
        action={
          <Button
            disabledReason={
              environmentRoleRefusal(role, "environment.archive") ??
              environmentRefusal("archive", environment)
            }
            onClick={() => setOpen("archive")}
          >
            Archive…
          </Button>
        }
      >
        For what is over and has to be kept: services are refused, the data stays, and it can be resumed.
      </SettingRow>
      <SuspendDialog environment={environment} open={open === "suspend"} onOpenChange={close} />
      <ArchiveDialog environment={environment} open={open === "archive"} onOpenChange={close} />
    </Panel>
  );
}

interface ServiceDialogProps {
  environment: EnvironmentDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function SuspendDialog({ environment, open, onOpenChange }: ServiceDialogProps) {
  const trpc = useTRPC();
  const refresh = useEnvironmentRefresh();
  const suspend = useMutation(
    trpc.environments.suspend.mutationOptions({
      onSuccess: async () => {
        onOpenChange(false);
        await refresh();
      },
    }),
  );
  return (
    <ReasonDialog
      open={open}
      onOpenChange={onOpenChange}
      title={
        <>
          Suspend <bdi>{environment.name}</bdi>
        </>
      }
      confirmLabel={`Suspend ${environment.slug}`}
      busyLabel={`Suspending ${environment.slug}…`}
      busy={suspend.isPending}
      error={suspend.error}
      onConfirm={(reason) => suspend.mutate({ environment: environment.id, reason })}
    >
      {environment.envType === "production" && "This is a production environment. "}
      Every service is refused from this moment on. The data stays, and Resume takes it back at once.
    </ReasonDialog>
  );
}

function ArchiveDialog({ environment, open, onOpenChange }: ServiceDialogProps) {
  const trpc = useTRPC();
  const refresh = useEnvironmentRefresh();
  const archive = useMutation(
    trpc.environments.archive.mutationOptions({
      onSuccess: async () => {
        onOpenChange(false);
        await refresh();
      },
    }),
  );
  return (
    <ReasonDialog
      open={open}
      onOpenChange={onOpenChange}
      title={
        <>
          Archive <bdi>{environment.name}</bdi>
        </>
      }
      isRequired
      missing="Say why it is archived."
      confirmLabel={`Archive ${environment.slug}`}
      busyLabel={`Archiving ${environment.slug}…`}
      busy={archive.isPending}
      error={archive.error}
      onConfirm={(reason) => archive.mutate({ environment: environment.id, reason })}
    >
      Every service is refused from this moment on, and the environment is kept as it is. Resume takes it
      back.
    </ReasonDialog>
  );
}
