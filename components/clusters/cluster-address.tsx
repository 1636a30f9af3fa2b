import { Copyable } from "@/components/ui/copyable";
import { DescriptionList, type Description } from "@/components/ui/description-list";
import { Panel } from "@/components/ui/panel";
import type { ClusterDetail } from "./use-cluster";

/** Where it is, without what opens it. */
export function ClusterAddress({ cluster }: { cluster: ClusterDetail }) {
  return (
    <Panel title="Address">
      <DescriptionList items={[...addressOf(cluster), secretOf(cluster)]} />
    </Panel>
  );
}

function addressOf({ driver, address, isBuiltIn }: ClusterDetail): Description[] {
  if (driver === "sqlite")
    return [
      {
        term: "Place",
        value: "The data directory of this installation",
        hint: "A file for each database. Only the server's account can read them.",
      },
    ];
  if (driver === "turso")
    return [
      { term: "Organization at Turso", value: <Copyable text={address.organization ?? ""} /> },
      { term: "Group", value: <Copyable text={address.group ?? ""} /> },
    ];
  if (isBuiltIn && !address.publicUrl)
    return [
      {
        term: "Place",
        value: "The Postgres of this installation",
        hint: (
          <>
            The one of <code>FREEHOLD_POSTGRES_URL</code>, or else one that Freehold runs in its data
            directory.
          </>
        ),
      },
    ];
  return [
    {
      term: "Clients find it at",
      value: <Copyable text={address.publicUrl ?? ""} label="Copy address" />,
    },
    {
      term: "Private network",
      value: address.privateNetwork === "allowed" ? "Allowed" : "Refused",
      hint:
        address.privateNetwork === "allowed"
          ? "Freehold also connects to addresses of private networks and of this machine."
          : "Freehold connects to public addresses only.",
    },
  ];
}

function secretOf({ hasSecret, driver }: ClusterDetail): Description {
  if (!hasSecret) return { term: "Login", value: "None is kept", hint: "The installation has it already." };
  return {
    term: driver === "turso" ? "API token" : "Admin login",
    value: "Sealed",
    hint: "Only what works on databases can open it. It is never shown.",
  };
}
