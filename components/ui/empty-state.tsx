import type { ReactNode } from "react";

import { CodeBlock } from "./code-block";
import { Mark } from "./mark";

export interface EmptyStateProps {
  /** One sentence on what would be here. */
  children: ReactNode;
  /** The button that makes the first one. */
  action?: ReactNode;
  /** The command that does the same, with the real ids. */
  command?: string;
}

export function EmptyState({ children, action, command }: EmptyStateProps) {
  return (
    <div className="flex min-w-0 flex-col items-center gap-4 px-4 py-12 text-center">
      <Mark className="size-8 text-line-strong" />
      <p className="max-w-[44ch] text-base text-balance text-muted">{children}</p>
      {action}
      {command && (
        <div className="max-w-full min-w-0">
          <CodeBlock inline code={command} />
        </div>
      )}
    </div>
  );
}
