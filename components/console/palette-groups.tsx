import {
  Box,
  Building2,
  Combine,
  KeyRound,
  ListChecks,
  Plug,
  Plus,
  Radar,
  Route,
  Server,
  UserRound,
  Users,
  Waypoints,
} from "lucide-react";
import { paths } from "@/components/paths";
import type { PaletteGroup, PaletteItem } from "@/components/ui/palette-items";
import { environmentNavigation, fleetNavigation, organizationNavigation } from "./navigation";

interface Here {
  isOperator: boolean;
  organization: string | null;
  environment: string | null;
}

/** What the palette always offers: actions here, the pages of this level, and what is the person's own. */
export function paletteGroups({ isOperator, organization, environment }: Here): PaletteGroup[] {
  return [
    ...(organization ? [{ label: "Do", items: actions(organization, environment) }] : []),
    ...(organization && environment
      ? [
          pages(
            "This environment",
            environmentNavigation(organization, { slug: environment, role: "env_admin" }),
          ),
        ]
      : []),
    ...(organization
      ? [pages("This organization", organizationNavigation({ slug: organization, role: "owner" }))]
      : []),
    ...(isOperator
      ? [pages("Fleet", fleetNavigation()), { label: "Do in the fleet", items: fleetActions() }]
      : []),
    { label: "Yours", items: own(isOperator) },
  ];
}

function pages(label: string, sections: ReturnType<typeof fleetNavigation>): PaletteGroup {
  const items = sections.flatMap((section) => section.items);
  return {
    label,
    items: items.map((item) => ({
      id: `page:${item.href}`,
      label: item.label,
      keywords: label,
      icon: item.icon,
      href: item.href,
    })),
  };
}

function actions(organization: string, environment: string | null): PaletteItem[] {
  const items: PaletteItem[] = [
    {
      id: "do:new-environment",
      label: "Create environment",
      icon: <Plus />,
      href: paths.newEnvironment(organization),
    },
    { id: "do:invite", label: "Invite a member", icon: <Users />, href: paths.members(organization) },
  ];
  if (environment) {
    items.push({
      id: "do:issue",
      label: "Issue a credential",
      icon: <Plug />,
      href: paths.connect(organization, environment),
    });
    items.push({
      id: "do:settings",
      label: "Suspend, archive, delete or recover this environment",
      icon: <Box />,
      href: paths.environmentSettings(organization, environment),
    });
  }
  return items;
}

function fleetActions(): PaletteItem[] {
  return [
    { id: "do:new-cluster", label: "Add cluster", icon: <Server />, href: paths.newCluster() },
    { id: "do:new-pool", label: "Create pool", icon: <Combine />, href: paths.newPool() },
    { id: "do:try-placement", label: "Try a placement", icon: <Waypoints />, href: paths.fleetPlacement() },
    { id: "do:resolve", label: "Explain whose a request is", icon: <Route />, href: paths.fleetResolve() },
    { id: "do:add-service", label: "Add service", icon: <Plug />, href: paths.fleetServices() },
  ];
}

function own(isOperator: boolean): PaletteItem[] {
  return [
    { id: "own:operations", label: "Operations", icon: <ListChecks />, href: paths.operations() },
    { id: "own:account", label: "Account", icon: <UserRound />, href: paths.account() },
    { id: "own:keys", label: "API keys", icon: <KeyRound />, href: paths.apiKeys() },
    { id: "own:new", label: "New organization", icon: <Building2 />, href: paths.newOrganization() },
    ...(isOperator ? [{ id: "own:fleet", label: "Fleet", icon: <Radar />, href: paths.fleet() }] : []),
  ];
}
