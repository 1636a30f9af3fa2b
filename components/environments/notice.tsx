"use client";

import { useId, type ReactNode } from "react";
import { cn } from "@/components/ui/cn";

const tones = {
  grey: "border-line-strong bg-sunken [&>svg]:text-muted",
  amber: "border-amber/30 bg-amber-soft [&>svg]:text-amber",
  red: "border-red/30 bg-red-soft [&>svg]:text-red",
};

interface NoticeProps {
  tone?: keyof typeof tones;
  icon: ReactNode;
  title: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A box above the page's content that says what has to be known first. */
export function Notice({ tone = "grey", icon, title, action, children }: NoticeProps) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      className={cn(
        "flex min-w-0 items-start gap-3 rounded-md border px-4 py-3 text-table [&>svg]:mt-px [&>svg]:size-4 [&>svg]:shrink-0",
        tones[tone],
      )}
    >
      {icon}
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-72 text-muted">
          <p id={titleId} className="font-medium text-ink">
            {title}
          </p>
          {children}
        </div>
        {action}
      </div>
    </section>
  );
}
