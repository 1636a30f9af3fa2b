"use client";

import { Menu } from "lucide-react";
import { useState, type ReactNode } from "react";

import { IconButton } from "@/components/ui/icon-button";
import { Sheet } from "@/components/ui/sheet";

import type { NavSection } from "./nav-items";
import { NavList } from "./nav-list";

export interface NavSheetProps {
  label: string;
  sections: readonly NavSection[];
  /** Below the links, what the narrow top bar has no room for. */
  footer?: ReactNode;
}

/** The navigation on phones. */
export function NavSheet({ label, sections, footer }: NavSheetProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className="md:hidden">
      <IconButton
        label="Open navigation"
        icon={<Menu />}
        aria-expanded={open}
        onClick={() => setOpen(true)}
      />
      <Sheet open={open} onOpenChange={setOpen} title={label}>
        <nav aria-label={label}>
          <NavList sections={sections} onFollow={() => setOpen(false)} />
        </nav>
        {footer && <div className="border-t border-line p-4">{footer}</div>}
      </Sheet>
    </div>
  );
}
