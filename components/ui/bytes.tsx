import { formatBytes } from "./format";

/** A size; the exact number of bytes on hover. */
export function Bytes({ value, className }: { value: number; className?: string }) {
  return (
    <span
      title={`${value.toLocaleString("en-GB")} bytes`}
      className={className ?? "whitespace-nowrap tabular-nums"}
    >
      {formatBytes(value)}
    </span>
  );
}
