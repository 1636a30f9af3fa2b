import { organizationRoleMay, type OrganizationRole } from "@/server/kernel/roles";

interface Facts {
  /** Of the person who is looking. */
  mine: OrganizationRole;
  theirs: OrganizationRole;
  isMe: boolean;
  /** Null while nobody knows yet: the server refuses in the end. */
  owners: number | null;
}

const lastOwner = (who: string) => `${who} the only owner. Make another member an owner first.`;

/** Why this membership's role cannot be changed by the person who is looking; null when it can. */
export function roleRefusal({ mine, theirs, isMe, owners }: Facts): string | null {
  if (!organizationRoleMay(mine, "member.manage")) return "Admins of the organization change roles.";
  if (theirs === "owner" && !organizationRoleMay(mine, "member.manage_owner"))
    return "Only owners change the role of an owner.";
  if (theirs === "owner" && owners === 1) return lastOwner(isMe ? "You are" : "This is");
  return null;
}

/** Why this person cannot be removed, or cannot leave; null when they can. */
export function removalRefusal({ mine, theirs, isMe, owners }: Facts): string | null {
  if (theirs === "owner" && owners === 1) return lastOwner(isMe ? "You are" : "This is");
  if (isMe) return null;
  if (!organizationRoleMay(mine, "member.manage")) return "Admins of the organization remove members.";
  if (theirs === "owner" && !organizationRoleMay(mine, "member.manage_owner"))
    return "Only owners remove an owner.";
  return null;
}
