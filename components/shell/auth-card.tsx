import type { ReactNode } from "react";

import { Mark } from "@/components/ui/mark";

export interface AuthCardProps {
  title: string;
  description?: ReactNode;
  /** Below the card: the other way in. */
  footer?: ReactNode;
  children: ReactNode;
}

/** Sign-in, sign-up, set-up: one form in the middle of an empty page. */
export function AuthCard({ title, description, footer, children }: AuthCardProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-10 sm:pt-[14vh]">
      <div className="flex items-center gap-2.5 pb-6">
        <Mark className="size-6" />
        <span className="text-lg font-medium tracking-[-0.01em]">Freehold</span>
      </div>
      <div className="w-full max-w-[22.5rem] min-w-0 rounded-md border border-line bg-panel p-6">
        <h1 className="text-lg font-medium">{title}</h1>
        {description && <div className="pt-0.5 text-table text-muted">{description}</div>}
        <div className="pt-5">{children}</div>
      </div>
      {footer && <div className="pt-4 text-center text-table text-muted">{footer}</div>}
    </main>
  );
}
