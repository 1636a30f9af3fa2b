import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignUpForm } from "@/components/auth/sign-up-form";
import { paths } from "@/components/paths";
import { AuthCard } from "@/components/shell/auth-card";
import { getEntrance } from "@/app/(auth)/entrance";

export const metadata: Metadata = { title: "Set up" };

export default async function SetUpPage() {
  if (!(await getEntrance()).needsSetUp) redirect(paths.home());
  return (
    <AuthCard
      title="Set up Freehold"
      description="Nobody is here yet. The first account runs this installation: it is its operator."
    >
      <SignUpForm submitLabel="Create the first account" />
    </AuthCard>
  );
}
