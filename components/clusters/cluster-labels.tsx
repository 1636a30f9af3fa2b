import { Badge } from "@/components/ui/badge";

/** A cluster's labels, each as name and value. */
export function ClusterLabels({ labels }: { labels: Record<string, string> }) {
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {Object.entries(labels).map(([name, value]) => (
        <Badge key={name} title={labelText([name, value])} className="font-mono font-normal">
          {labelText([name, value])}
        </Badge>
      ))}
    </span>
  );
}

export function labelText([name, value]: [string, string]): string {
  return value === "" ? name : `${name}=${value}`;
}
