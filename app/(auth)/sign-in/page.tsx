import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { paths, safeNext } from "@/components/paths";
import { AuthCard } from "@/components/shell/auth-card";
import { TextLink } from "@/components/ui/text-link";
import { getEntrance } from "@/app/(auth)/entrance";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const entrance = await getEntrance();
  if (entrance.needsSetUp) redirect(paths.setUp());
  const { next } = await searchParams;
  const footer =
    entrance.signUp === "open" ? (
      <>
        New here? <TextLink href={paths.signUp()}>Create an account</TextLink>
      </>
    ) : (
      "Sign-up is for people with an invitation."
    );
  return (
    <AuthCard title="Sign in" footer={footer}>
      <SignInForm next={safeNext(typeof next === "string" ? next : null)} sendsMail={entrance.sendsMail} />
    </AuthCard>
  );
}
