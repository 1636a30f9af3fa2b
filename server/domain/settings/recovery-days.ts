import { eq } from "drizzle-orm";
import { z } from "zod";
import { setting } from "@/drizzle/control/schema/settings";
import type { Db, Tx } from "@/server/db/client";

const Days = z.number().int().min(0).max(90);
const defaultDays = 7;

/** For how many days a deleted environment can be recovered. */
export async function recoveryDays(tx: Db | Tx): Promise<number> {
  return readRecoveryDays(await selectRecoveryDays(tx));
}

/** The query alone, for those who ask for more in the same round trip. */
export function selectRecoveryDays(tx: Db | Tx) {
  return tx.select({ value: setting.value }).from(setting).where(eq(setting.key, "recovery_days"));
}

/** What its rows say. */
export function readRecoveryDays([row]: readonly { value: unknown }[]): number {
  const days = Days.safeParse(row?.value);
  return days.success ? days.data : defaultDays;
}
