import { Plus } from "lucide-react";
import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { organizationRoleMay, type OrganizationRole } from "@/server/kernel/roles";

interface CreateEnvironmentButtonProps {
  organization: { slug: string; role: OrganizationRole };
}

/** Leads to the page that creates an environment, or says who may. */
export function CreateEnvironmentButton({ organization }: CreateEnvironmentButtonProps) {
  const content = (
    <>
      <Plus />
      Create environment
    </>
  );
  if (organizationRoleMay(organization.role, "environment.create")) {
    return (
      <LinkButton variant="primary" href={paths.newEnvironment(organization.slug)}>
        {content}
      </LinkButton>
    );
  }
  return (
    <Button variant="primary" disabledReason="Admins of the organization create environments.">
      {content}
    </Button>
  );
}
