import type { Metadata } from "next";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { paths } from "@/components/paths";
import { AuthCard } from "@/components/shell/auth-card";
import { LinkButton } from "@/components/ui/link-button";

// The address carries a secret, which must not travel on as a referrer.
export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default async function ResetPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const { token } = await searchParams;
  if (typeof token !== "string" || token === "") {
    return (
      <AuthCard title="This link has expired" description="Links work once and for an hour.">
        <LinkButton href={paths.forgotPassword()}>Send a new one</LinkButton>
      </AuthCard>
    );
  }
  return (
    <AuthCard title="Choose a new password" description="You are signed out everywhere else.">
      <ResetPasswordForm token={token} />
    </AuthCard>
  );
}
