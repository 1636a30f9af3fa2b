import { paths } from "@/components/paths";
import { TabsNav } from "@/components/ui/tabs-nav";

export function IsolationTabs() {
  return (
    <TabsNav
      label="Isolation"
      items={[
        { label: "Pools and findings", href: paths.fleetIsolation(), exact: true },
        { label: "Runs", href: paths.fleetIsolationRuns() },
      ]}
    />
  );
}
