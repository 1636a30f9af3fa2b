import { FleetSettingsSkeleton } from "@/components/settings/fleet-settings-skeleton";
import { Page } from "@/components/shell/page";

export default function SettingsLoading() {
  return (
    <Page title="Fleet settings" width="prose">
      <FleetSettingsSkeleton />
    </Page>
  );
}
