"use client";

import type { ReactNode } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { InviteButton } from "@/components/invitations/invite-button";
import { paths } from "@/components/paths";
import { CodeBlock } from "@/components/ui/code-block";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { organizationRoleMay, type OrganizationRole } from "@/server/kernel/roles";

interface NextStepsProps {
  organization: { slug: string; name: string; role: OrganizationRole };
  environments: ApiOutputs["environments"]["list"];
  members: number;
}

/** For an organization that has just begun: what most people do next. Goes away by itself. */
export function NextSteps({ organization, environments, members }: NextStepsProps) {
  const [first] = environments.items;
  const alone = members <= 1;
  const single = environments.total <= 1;
  if (!organizationRoleMay(organization.role, "environment.create") || !first || !(alone || single))
    return null;
  return (
    <Panel title="Next steps" flush>
      <ul className="divide-y divide-line">
        {first.status === "active" && (
          <Step
            title={`Connect to ${first.name}`}
            action={<LinkButton href={paths.connect(organization.slug, first.slug)}>Connect</LinkButton>}
          >
            Issue a credential and paste the snippet that comes with it into your service.
          </Step>
        )}
        {single && (
          <Step
            title="Add an environment to try things in"
            action={
              <LinkButton href={paths.newEnvironment(organization.slug)}>Create environment</LinkButton>
            }
            command={`freehold env create Staging --type staging --organization ${organization.slug}`}
          >
            Staging, test, development: each has its own database, so nothing done there reaches {first.name}.
          </Step>
        )}
        {alone && (
          <Step title="Bring a colleague in" action={<InviteButton organization={organization} />}>
            Admins manage environments and members; members see the environments that include them.
          </Step>
        )}
      </ul>
    </Panel>
  );
}

interface StepProps {
  title: string;
  children: ReactNode;
  action: ReactNode;
  command?: string;
}

function Step({ title, children, action, command }: StepProps) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
        <h3 className="text-table font-medium [overflow-wrap:anywhere]">{title}</h3>
        <p className="text-table text-muted">{children}</p>
        {command && (
          <div className="mt-1.5 max-w-full min-w-0">
            <CodeBlock inline code={command} />
          </div>
        )}
      </div>
      {action}
    </li>
  );
}
