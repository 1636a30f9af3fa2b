import { paths } from "@/components/paths";
import { TabsNav } from "@/components/ui/tabs-nav";

/** The pages of what is a person's own. */
export function AccountTabs() {
  return (
    <TabsNav
      label="Account"
      items={[
        { label: "Profile and sign-in", href: paths.account(), exact: true },
        { label: "API keys", href: paths.apiKeys() },
      ]}
    />
  );
}
