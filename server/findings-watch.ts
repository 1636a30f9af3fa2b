import type { Db } from "@/server/db/client";
import { orderCheck } from "@/server/domain/findings/order-check";
import { systemActor } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { logger } from "@/server/kernel/logger";

const lookMs = 10 * 60_000;

/** Has registry and databases compared once a day until it is stopped. */
export function watchFindings(db: Db): { stop(): void } {
  const look = () =>
    orderCheck(
      { db, actor: systemActor, requestId: newId(), door: "worker", ip: null, idempotencyKey: null },
      new Date(),
    ).catch((error: unknown) => logger.warn({ err: error }, "the comparison could not be ordered"));
  const timer = setInterval(() => void look(), lookMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
