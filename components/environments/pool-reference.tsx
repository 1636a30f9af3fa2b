import { paths } from "@/components/paths";
import { TextLink } from "@/components/ui/text-link";

interface PoolReferenceProps {
  pool: { id: string; slug: string };
  isOperator: boolean;
}

/** The pool by its slug, which leads operators to its page. */
export function PoolReference({ pool, isOperator }: PoolReferenceProps) {
  const slug = <span className="font-mono text-xs">{pool.slug}</span>;
  return isOperator ? <TextLink href={paths.fleetPool(pool.id)}>{slug}</TextLink> : slug;
}
