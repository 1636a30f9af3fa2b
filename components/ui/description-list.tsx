import type { ReactNode } from "react";

export interface Description {
  term: string;
  value: ReactNode;
  /** One line below the value. */
  hint?: ReactNode;
}

/** Terms and values below each other, with hairlines between. */
export function DescriptionList({ items }: { items: readonly Description[] }) {
  return (
    <dl className="@container divide-y divide-line text-table">
      {items.map((item) => (
        <div
          key={item.term}
          className="grid gap-x-6 gap-y-0.5 py-2.5 first:pt-0 last:pb-0 @min-[24rem]:grid-cols-[9rem_minmax(0,1fr)] @min-[36rem]:grid-cols-[11rem_minmax(0,1fr)]"
        >
          <dt className="text-muted">{item.term}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">
            {item.value}
            {item.hint && <div className="text-xs text-faint">{item.hint}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
