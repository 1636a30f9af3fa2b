import { controlDb } from "@/server/db/client";
import { logger } from "@/server/kernel/logger";

/** True when the control plane answers. */
export async function readiness(): Promise<boolean> {
  try {
    await (await controlDb()).run("select 1");
    return true;
  } catch (error) {
    logger.error({ err: error }, "not ready");
    return false;
  }
}
