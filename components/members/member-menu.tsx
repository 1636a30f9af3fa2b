"use client";

import { LogOut, UserCog, UserMinus } from "lucide-react";
import { Menu } from "@/components/ui/menu";

interface MemberMenuProps {
  member: { name: string; isMe: boolean };
  /** What it is called to remove them, or to leave oneself. */
  removal: string;
  /** Why each cannot be done; null where it can. */
  refusals: { role: string | null; removal: string | null };
  onAsk: (what: "role" | "removal") => void;
}

/** What may be done to one who belongs somewhere: another role, or none. */
export function MemberMenu({ member, removal, refusals, onAsk }: MemberMenuProps) {
  return (
    <Menu
      size="sm"
      label={`Actions for ${member.name}`}
      items={[
        {
          label: "Change role",
          icon: <UserCog />,
          disabledReason: refusals.role,
          onSelect: () => onAsk("role"),
        },
        { kind: "separator" },
        {
          label: removal,
          icon: member.isMe ? <LogOut /> : <UserMinus />,
          danger: true,
          disabledReason: refusals.removal,
          onSelect: () => onAsk("removal"),
        },
      ]}
    />
  );
}
