import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ConsoleFrame } from "@/components/console/console-frame";
import { environmentNavigation } from "@/components/console/navigation";
import { environmentIcon } from "@/components/shell/environment-type";
import { switchEnvironment } from "@/app/(console)/actions";
import { requireEnvironment, requirePerson } from "@/app/(console)/gate";

interface Props {
  params: Promise<{ organization: string; environment: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const at = await params;
  const { environment, organization } = await requireEnvironment(at.organization, at.environment);
  return {
    title: { template: `%s · ${environment.name} · ${organization.name}`, default: environment.name },
    icons: environmentIcon(environment.envType),
  };
}

export default async function EnvironmentLayout({ params, children }: Props) {
  const at = await params;
  const [person, { organization, environment }] = await Promise.all([
    requirePerson(),
    requireEnvironment(at.organization, at.environment),
  ]);
  return (
    <ConsoleFrame
      person={person}
      level={{ label: "Environment", sections: environmentNavigation(organization.slug, environment) }}
      organization={organization}
      environment={environment}
      remember={switchEnvironment}
    >
      {children}
    </ConsoleFrame>
  );
}
