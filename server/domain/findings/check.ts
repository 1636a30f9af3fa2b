import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { orderCheck } from "./order-check";

/** Orders a comparison of registry and databases, or joins the one that is under way. Operators only. */
export async function checkFindings(ctx: UserContext): Promise<{ operation: { id: string } }> {
  requireOperator(ctx);
  return { operation: await orderCheck(ctx) };
}
