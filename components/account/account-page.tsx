"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { Page } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { AccountTabs } from "./account-tabs";
import { AccountSkeleton } from "./account-skeleton";
import { EmailPanel } from "./email-panel";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";
import { SessionList } from "./session-list";

/** What is a person's own: name, address, password, sessions. */
export function AccountPage() {
  const trpc = useTRPC();
  const query = useQuery(trpc.navigation.me.queryOptions({}));
  const me = query.data;
  if (!me) {
    if (!query.isError) return <AccountSkeleton />;
    return (
      <Page title="Account" width="prose" tabs={<AccountTabs />}>
        <LoadError what="details of your account" query={query} />
      </Page>
    );
  }
  return (
    <Page
      title="Account"
      width="prose"
      tabs={<AccountTabs />}
      badges={me.isOperator && <Badge>operator</Badge>}
    >
      <ProfileForm name={me.name} />
      <EmailPanel email={me.email} isVerified={me.emailVerified} />
      <PasswordForm email={me.email} />
      <SessionList />
    </Page>
  );
}
