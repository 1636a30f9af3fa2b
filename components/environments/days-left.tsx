"use client";

import { useNow } from "@/components/ui/use-now";

const dayMs = 24 * 3600 * 1000;

/** For how long a deleted environment can still be recovered, in whole days. */
export function DaysLeft({ purgeAt }: { purgeAt: Date }) {
  const left = purgeAt.getTime() - useNow();
  const days = Math.ceil(left / dayMs);
  if (left <= 0) return "time is up";
  return days === 1 ? "1 day left" : `${days} days left`;
}
