import type { ReactNode } from "react";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { TabsNav } from "@/components/ui/tabs-nav";

interface ActivityFrameProps {
  organization: string;
  environment: string;
  children: ReactNode;
}

/** What the pages of entries and operations share: title and tabs. */
export function ActivityFrame({ organization, environment, children }: ActivityFrameProps) {
  return (
    <Page
      title="Activity"
      tabs={
        <TabsNav
          label="Activity"
          items={[
            { label: "Audit entries", href: paths.activity(organization, environment), exact: true },
            { label: "Operations", href: paths.activityOperations(organization, environment) },
          ]}
        />
      }
    >
      {children}
    </Page>
  );
}
