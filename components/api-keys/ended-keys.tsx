import { ChevronRight } from "lucide-react";
import { Time } from "@/components/ui/time";
import type { ApiKey } from "./api-key";

/** Keys that no longer open anything, folded away. */
export function EndedKeys({ keys }: { keys: readonly ApiKey[] }) {
  if (keys.length === 0) return null;
  return (
    <details className="group min-w-0">
      <summary className="-mx-1 flex w-fit list-none items-center gap-1.5 rounded-sm px-1 text-table text-muted hover:text-ink">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 transition-transform group-open:rotate-90"
        />
        {keys.length === 1 ? "1 key has ended" : `${keys.length} keys have ended`}
      </summary>
      <ul
        aria-label="Keys that have ended"
        className="mt-2 divide-y divide-line border-y border-line text-table text-muted"
      >
        {keys.map((key) => (
          <li key={key.id} className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-0.5 px-2 py-1.5">
            <bdi className="min-w-0 flex-1 basis-40 truncate" title={key.name}>
              {key.name}
            </bdi>
            <code className="text-xs">{key.start}…</code>
            <span className="w-36 text-right text-xs">
              {key.revokedAt ? "revoked " : "expired "}
              <Time value={key.revokedAt ?? key.expiresAt} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
