"use client";

import { Building2, KeyRound, LogOut, Radar, UserRound } from "lucide-react";
import { authRequest } from "@/components/auth/auth-request";
import { paths } from "@/components/paths";
import { Avatar } from "@/components/ui/avatar";
import { Menu } from "@/components/ui/menu";
import type { MenuEntry } from "@/components/ui/menu-items";
import { notify } from "@/components/ui/notify";
import type { Person } from "./person";

/** Who is signed in, and what is theirs. */
export function PersonMenu({ person }: { person: Person }) {
  async function signOut() {
    const outcome = await authRequest("/sign-out", {});
    // A full load drops everything that this browser holds of the person.
    if (outcome.ok) window.location.assign(paths.signIn());
    else notify({ message: outcome.message, tone: "error" });
  }
  const fleet: MenuEntry[] = person.isOperator
    ? [{ kind: "link", label: "Fleet", icon: <Radar />, href: paths.fleet() }]
    : [];
  return (
    <Menu
      label={`Signed in as ${person.name}`}
      header={
        <div className="min-w-0">
          <bdi className="block truncate font-medium">{person.name}</bdi>
          <span className="block truncate text-xs text-faint">{person.email}</span>
        </div>
      }
      items={[
        { kind: "link", label: "Account", icon: <UserRound />, href: paths.account() },
        { kind: "link", label: "API keys", icon: <KeyRound />, href: paths.apiKeys() },
        { kind: "link", label: "New organization", icon: <Building2 />, href: paths.newOrganization() },
        ...fleet,
        { kind: "separator" },
        { label: "Sign out", icon: <LogOut />, onSelect: () => void signOut() },
      ]}
    >
      <Avatar name={person.name} />
    </Menu>
  );
}
