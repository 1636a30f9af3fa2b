"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { Page } from "@/components/shell/page";
import { Copyable } from "@/components/ui/copyable";
import { DescriptionList, type Description } from "@/components/ui/description-list";
import { Panel } from "@/components/ui/panel";
import { StatusDot } from "@/components/ui/status-dot";
import { FleetSettingsSkeleton } from "./fleet-settings-skeleton";
import { RecoveryForm } from "./recovery-form";
import { SignUpForm } from "./sign-up-form";

type Settings = ApiOutputs["settings"]["get"];

const title = "Fleet settings";

/** How this installation is set up. */
export function FleetSettings() {
  const trpc = useTRPC();
  const query = useQuery(trpc.settings.get.queryOptions({}));
  const settings = query.data;
  if (!settings) {
    return (
      <Page title={title} width="prose">
        {query.isError ? <LoadError what="settings" query={query} /> : <FleetSettingsSkeleton />}
      </Page>
    );
  }
  return (
    <Page title={title} width="prose">
      <SignUpForm policy={settings.signUp.policy} fixed={settings.signUp.fixedByEnvironment} />
      <RecoveryForm days={settings.recoveryDays} />
      <Panel
        title="Installation"
        description="Read from the environment when Freehold starts. To change one, set its variable and restart."
      >
        <DescriptionList items={installation(settings)} />
      </Panel>
    </Page>
  );
}

function Variable({ children }: { children: ReactNode }) {
  return <code className="text-xs">{children}</code>;
}

function installation({ mail, baseUrl, rootDomain, worker }: Settings): Description[] {
  return [
    {
      term: "Mail",
      value: mail.isConfigured ? (
        <StatusDot tone="green">Sends over SMTP</StatusDot>
      ) : (
        <StatusDot tone="grey">No mail server</StatusDot>
      ),
      hint: mail.isConfigured ? (
        <>
          Invitations and password links go out by mail. <Variable>FREEHOLD_SMTP_URL</Variable> names the
          server, <Variable>FREEHOLD_MAIL_FROM</Variable> the sender.
        </>
      ) : (
        <>
          Invitations show their link once to the inviter, and forgotten passwords cannot be reset by mail.
          Set <Variable>FREEHOLD_SMTP_URL</Variable> to smtp://user:password@host:587 to send.
        </>
      ),
    },
    {
      term: "Address",
      value: <Copyable text={baseUrl} label="Copy address" />,
      hint: (
        <>
          Where people open the console and where links in mail lead. <Variable>FREEHOLD_BASE_URL</Variable>{" "}
          changes it.
        </>
      ),
    },
    {
      term: "Root domain",
      value: <Copyable text={rootDomain} label="Copy root domain" />,
      hint: (
        <>
          Host names of new environments end in it; present ones keep theirs.{" "}
          <Variable>FREEHOLD_ROOT_DOMAIN</Variable> changes it.
        </>
      ),
    },
    {
      term: "Worker",
      value: worker === "inline" ? "In this process" : "Elsewhere",
      hint:
        worker === "inline" ? (
          <>
            Operations run inside the server. Set <Variable>FREEHOLD_WORKER</Variable> to off to run them with{" "}
            <Variable>freehold worker</Variable> instead.
          </>
        ) : (
          <>
            This server runs no operations: <Variable>freehold worker</Variable> does. Set{" "}
            <Variable>FREEHOLD_WORKER</Variable> to inline to run them here.
          </>
        ),
    },
  ];
}
