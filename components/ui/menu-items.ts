import type { Route } from "next";
import type { ReactNode } from "react";

export interface MenuAction {
  kind?: "action";
  label: string;
  icon?: ReactNode;
  onSelect: () => void;
  /** Destroys something: shown in red. Opens a confirmation, never acts at once. */
  danger?: boolean;
  /** Why it cannot be chosen now; shown as a second line. */
  disabledReason?: string | null;
}

export interface MenuLink {
  kind: "link";
  label: string;
  icon?: ReactNode;
  href: Route;
}

export interface MenuChoice {
  kind: "choice";
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  options: readonly { value: string; label: string; icon?: ReactNode }[];
}

export interface MenuSeparator {
  kind: "separator";
}

export type MenuEntry = MenuAction | MenuLink | MenuChoice | MenuSeparator;
