import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface FormSectionProps {
  number: number;
  title: string;
  description?: string;
  /** No line leads on from it. */
  last?: boolean;
  children: ReactNode;
}

/** One question of a longer form, numbered and joined to the next. */
export function FormSection({ number, title, description, last = false, children }: FormSectionProps) {
  return (
    <li className={cn("relative flex min-w-0 gap-4", !last && "pb-8")}>
      {!last && (
        <span
          aria-hidden="true"
          className="absolute top-7 bottom-1 left-[11.5px] hidden w-px bg-line sm:block"
        />
      )}
      <span
        aria-hidden="true"
        className="hidden size-6 shrink-0 items-center justify-center rounded-full border border-line-strong bg-panel text-xs font-medium text-muted tabular-nums sm:flex"
      >
        {number}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-4">
        <div>
          <h2 className="text-lg font-medium">{title}</h2>
          {description && <p className="text-table text-muted">{description}</p>}
        </div>
        {children}
      </div>
    </li>
  );
}
