import type { ReactNode } from "react";
import { paths } from "@/components/paths";
import { LinkButton } from "@/components/ui/link-button";
import { Mark } from "@/components/ui/mark";

/** An address that leads nowhere, or nowhere for this person. */
export function NothingHere({ children }: { children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-4 px-4 py-[14vh] text-center">
      <Mark className="size-9 text-line-strong" />
      <div className="max-w-[46ch]">
        <h1 className="text-lg font-medium">There is nothing here</h1>
        <p className="pt-1 text-balance text-muted">
          The address may be mistyped, what was here may be gone, or it is not yours to see.
        </p>
      </div>
      <LinkButton variant="primary" href={paths.home()}>
        Go home
      </LinkButton>
      {children && (
        <p className="flex flex-wrap items-center justify-center gap-1.5 text-table text-faint">{children}</p>
      )}
    </div>
  );
}
