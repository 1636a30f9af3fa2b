import type { Metadata } from "next";
import { ForgotPasswordForm } from "@/components/auth/forgot-password-form";
import { paths } from "@/components/paths";
import { AuthCard } from "@/components/shell/auth-card";
import { TextLink } from "@/components/ui/text-link";
import { getEntrance } from "@/app/(auth)/entrance";

export const metadata: Metadata = { title: "Forgot password" };

export default async function ForgotPasswordPage() {
  const { sendsMail } = await getEntrance();
  return (
    <AuthCard
      title="Choose a new password"
      description={
        sendsMail
          ? "You get a link by mail."
          : "This installation sends no mail, so nobody can reset a password from here."
      }
      footer={<TextLink href={paths.signIn()}>Back to sign-in</TextLink>}
    >
      {sendsMail && <ForgotPasswordForm />}
    </AuthCard>
  );
}
