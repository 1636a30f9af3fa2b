import {
  Activity,
  Box,
  Building2,
  Combine,
  Database,
  Gauge,
  LayoutGrid,
  ListChecks,
  Package,
  Plug,
  Route,
  ScanSearch,
  ScrollText,
  Server,
  Settings,
  ShieldCheck,
  SlidersHorizontal,
  Users,
  Waypoints,
} from "lucide-react";
import { paths } from "@/components/paths";
import type { NavSection } from "@/components/shell/nav-items";
import {
  environmentRoleMay,
  organizationRoleMay,
  type EnvironmentRole,
  type OrganizationRole,
} from "@/server/kernel/roles";

export function organizationNavigation({
  slug,
  role,
}: {
  slug: string;
  role: OrganizationRole;
}): NavSection[] {
  const forAdmins = organizationRoleMay(role, "audit.read") ? undefined : "For admins of the organization";
  return [
    {
      items: [
        { label: "Overview", icon: <LayoutGrid />, href: paths.organization(slug), exact: true },
        { label: "Environments", icon: <Box />, href: paths.environments(slug) },
        { label: "Members", icon: <Users />, href: paths.members(slug) },
        {
          label: "Audit",
          icon: <ScrollText />,
          href: paths.audit(slug),
          ...(forAdmins ? { disabledReason: forAdmins } : {}),
        },
        { label: "Settings", icon: <Settings />, href: paths.organizationSettings(slug) },
      ],
    },
  ];
}

export function environmentNavigation(
  organization: string,
  { slug, role }: { slug: string; role: EnvironmentRole },
): NavSection[] {
  const forUsers = environmentRoleMay(role, "credential.read")
    ? undefined
    : "For users, makers and admins of the environment";
  const forAdmins = environmentRoleMay(role, "environment.activity")
    ? undefined
    : "For admins of the environment";
  return [
    {
      items: [
        { label: "Overview", icon: <LayoutGrid />, href: paths.environment(organization, slug), exact: true },
        {
          label: "Connect",
          icon: <Plug />,
          href: paths.connect(organization, slug),
          ...(forUsers ? { disabledReason: forUsers } : {}),
        },
        { label: "Database", icon: <Database />, href: paths.database(organization, slug) },
        { label: "Packages", icon: <Package />, href: paths.environmentPackages(organization, slug) },
        { label: "Options", icon: <SlidersHorizontal />, href: paths.environmentOptions(organization, slug) },
        { label: "Members", icon: <Users />, href: paths.environmentMembers(organization, slug) },
        {
          label: "Activity",
          icon: <Activity />,
          href: paths.activity(organization, slug),
          ...(forAdmins ? { disabledReason: forAdmins } : {}),
        },
        { label: "Settings", icon: <Settings />, href: paths.environmentSettings(organization, slug) },
      ],
    },
  ];
}

export function fleetNavigation(): NavSection[] {
  return [
    {
      items: [
        { label: "Overview", icon: <Gauge />, href: paths.fleet(), exact: true },
        { label: "Organizations", icon: <Building2 />, href: paths.fleetOrganizations() },
        { label: "Clusters", icon: <Server />, href: paths.fleetClusters() },
        { label: "Pools", icon: <Combine />, href: paths.fleetPools() },
        { label: "Placement", icon: <Waypoints />, href: paths.fleetPlacement() },
        { label: "Packages", icon: <Package />, href: paths.fleetPackages() },
        { label: "Services", icon: <Plug />, href: paths.fleetServices() },
        { label: "Operations", icon: <ListChecks />, href: paths.fleetOperations() },
        { label: "Findings", icon: <ScanSearch />, href: paths.fleetFindings() },
        { label: "Isolation", icon: <ShieldCheck />, href: paths.fleetIsolation() },
        { label: "Resolve", icon: <Route />, href: paths.fleetResolve() },
        { label: "Settings", icon: <Settings />, href: paths.fleetSettings() },
      ],
    },
  ];
}
