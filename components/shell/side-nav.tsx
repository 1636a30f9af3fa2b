"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useState } from "react";

import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { useShortcut } from "@/components/ui/use-shortcut";

import type { NavSection } from "./nav-items";
import { NavList } from "./nav-list";
import { navCookieLine } from "./nav-state";

export interface SideNavProps {
  /** The level: "Organization", "Environment", "Fleet". */
  label: string;
  sections: readonly NavSection[];
  /** From the cookie `navCookie`, read on the server. */
  defaultFolded: boolean;
}

/** The navigation of a level, beside the page; on phones the top bar opens it as a sheet. */
export function SideNav({ label, sections, defaultFolded }: SideNavProps) {
  const [folded, setFolded] = useState(defaultFolded);
  function toggle() {
    setFolded(!folded);
    document.cookie = navCookieLine(!folded);
  }
  useShortcut({
    key: "b",
    mod: true,
    onPress: (event) => {
      event.preventDefault();
      toggle();
    },
  });
  return (
    <nav
      aria-label={label}
      className={cn(
        "sticky top-12 hidden h-[calc(100dvh-3rem)] shrink-0 flex-col justify-between border-r border-line md:flex",
        folded ? "w-[49px]" : "w-56",
      )}
    >
      <div className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto">
        <NavList sections={sections} folded={folded} />
      </div>
      <div className="border-t border-line p-2">
        <IconButton
          label={folded ? "Unfold navigation" : "Fold navigation"}
          icon={folded ? <PanelLeftOpen /> : <PanelLeftClose />}
          aria-expanded={!folded}
          side="right"
          onClick={toggle}
        />
      </div>
    </nav>
  );
}
