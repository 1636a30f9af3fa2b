import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignUpForm } from "@/components/auth/sign-up-form";
import { paths } from "@/components/paths";
import { AuthCard } from "@/components/shell/auth-card";
import { LinkButton } from "@/components/ui/link-button";
import { TextLink } from "@/components/ui/text-link";
import { getEntrance } from "@/app/(auth)/entrance";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage() {
  const entrance = await getEntrance();
  if (entrance.needsSetUp) redirect(paths.setUp());
  if (entrance.signUp === "invited") {
    return (
      <AuthCard
        title="Sign-up is for people with an invitation"
        description="Open the link in your invitation, or ask an admin of your organization for one."
      >
        <LinkButton href={paths.signIn()}>Go to sign-in</LinkButton>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Create an account"
      footer={
        <>
          Have one already? <TextLink href={paths.signIn()}>Sign in</TextLink>
        </>
      }
    >
      <SignUpForm submitLabel="Create account" />
    </AuthCard>
  );
}
