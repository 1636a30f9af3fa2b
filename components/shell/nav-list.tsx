"use client";

import { Link } from "@/components/ui/link";
import { usePathname } from "next/navigation";

import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";

import { currentHref, type NavItem, type NavSection } from "./nav-items";

const line =
  "flex h-8 min-w-0 items-center gap-2.5 rounded-md px-2 text-table text-muted transition-colors pointer-coarse:h-10 [&_svg]:size-4 [&_svg]:shrink-0";

interface NavLineProps {
  item: NavItem;
  current: boolean;
  folded: boolean;
  onFollow: (() => void) | undefined;
}

function NavLine({ item, current, folded, onFollow }: NavLineProps) {
  const words = (
    <>
      {item.icon}
      <span className={folded ? "sr-only" : "min-w-0 flex-1 truncate"}>{item.label}</span>
      {item.count !== undefined && !folded && (
        <span className="text-xs text-faint tabular-nums">{item.count}</span>
      )}
    </>
  );
  if (item.disabledReason) {
    return (
      <Tooltip content={item.disabledReason} side="right" openOnPress>
        <span
          role="link"
          aria-disabled="true"
          tabIndex={0}
          className={cn(line, "cursor-not-allowed text-faint", folded && "justify-center")}
        >
          {words}
          <span className="sr-only">({item.disabledReason})</span>
        </span>
      </Tooltip>
    );
  }
  return (
    <Tooltip content={folded ? item.label : null} side="right">
      <Link
        href={item.href}
        onClick={onFollow}
        aria-current={current ? "page" : undefined}
        className={cn(
          line,
          "hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink",
          folded && "justify-center",
        )}
      >
        {words}
      </Link>
    </Tooltip>
  );
}

export interface NavListProps {
  sections: readonly NavSection[];
  folded?: boolean;
  /** After a link was followed: a sheet closes. */
  onFollow?: () => void;
}

export function NavList({ sections, folded = false, onFollow }: NavListProps) {
  const current = currentHref(sections, usePathname());
  return (
    <div className="flex flex-col gap-4 p-2">
      {sections.map((section, index) => (
        <div key={section.label ?? index}>
          {section.label && !folded && <div className="px-2 pb-1 text-xs text-faint">{section.label}</div>}
          <ul aria-label={section.label} className="flex flex-col gap-px">
            {section.items.map((item) => (
              <li key={item.href}>
                <NavLine item={item} current={item.href === current} folded={folded} onFollow={onFollow} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
