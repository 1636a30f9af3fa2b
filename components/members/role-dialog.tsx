"use client";

import { useState, type ReactNode } from "react";
import type { ApiError } from "@/components/api/explain";
import { refusalOf } from "@/components/api/refusal";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { useLast } from "@/components/ui/use-last";

interface Subject<Role extends string> {
  userId: string;
  name: string;
  role: Role;
  isMe: boolean;
}

interface Choice<Role extends string> {
  role: Role;
  choose: (role: Role) => void;
  /** It is one's own, and another one than before. */
  isOwnChange: boolean;
}

interface RoleDialogProps<Role extends string> {
  /** Closed while null. */
  member: Subject<Role> | null;
  onClose: () => void;
  description?: string;
  change: { isPending: boolean; error: ApiError | null; reset: () => void };
  onChange: (userId: string, role: Role, done: () => void) => void;
  /** What there is to choose from. */
  children: (choice: Choice<Role>) => ReactNode;
}

/** Gives one who belongs somewhere another role there. */
export function RoleDialog<Role extends string>(props: RoleDialogProps<Role>) {
  const shown = useLast(props.member);
  if (!shown) return null;
  return (
    <OneRoleDialog key={shown.userId + shown.role} {...props} member={shown} open={props.member !== null} />
  );
}

type OneRoleDialogProps<Role extends string> = RoleDialogProps<Role> & {
  member: Subject<Role>;
  open: boolean;
};

function OneRoleDialog<Role extends string>({ member, open, onClose, ...props }: OneRoleDialogProps<Role>) {
  const { change, onChange, description, children } = props;
  const [role, setRole] = useState(member.role);
  const refusal = refusalOf(change.error);
  const isChanged = role !== member.role;
  function close() {
    change.reset();
    setRole(member.role);
    onClose();
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && !change.isPending && close()}
      title={
        <>
          Role of <bdi>{member.name}</bdi>
        </>
      }
      description={description}
      footer={
        <>
          <Button onClick={close} disabledReason={change.isPending ? "It is already under way" : null}>
            Cancel
          </Button>
          <Button
            variant="primary"
            loading={change.isPending}
            loadingLabel="Changing role…"
            disabledReason={isChanged ? null : "Choose another role first"}
            onClick={() => onChange(member.userId, role, close)}
          >
            Change role
          </Button>
        </>
      }
    >
      {children({ role, choose: setRole, isOwnChange: member.isMe && isChanged })}
      {refusal && <FormError {...refusal} />}
    </Dialog>
  );
}
