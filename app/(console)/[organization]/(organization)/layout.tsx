import type { ReactNode } from "react";
import { ConsoleFrame } from "@/components/console/console-frame";
import { organizationNavigation } from "@/components/console/navigation";
import { switchEnvironment } from "@/app/(console)/actions";
import { requireOrganization, requirePerson } from "@/app/(console)/gate";

interface Props {
  params: Promise<{ organization: string }>;
  children: ReactNode;
}

export default async function OrganizationLayout({ params, children }: Props) {
  const [person, organization] = await Promise.all([
    requirePerson(),
    requireOrganization((await params).organization),
  ]);
  return (
    <ConsoleFrame
      person={person}
      level={{ label: "Organization", sections: organizationNavigation(organization) }}
      organization={organization}
      remember={switchEnvironment}
    >
      {children}
    </ConsoleFrame>
  );
}
