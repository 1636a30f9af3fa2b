import type { Tx } from "@/server/db/client";
import type { EnvironmentContext } from "@/server/kernel/context";
import { getEnvironmentRow, requireState } from "./internal";

/** Throws `precondition` unless the environment serves now. */
export async function requireConnectable(tx: Tx, ctx: EnvironmentContext): Promise<void> {
  requireState("connect", await getEnvironmentRow(tx, ctx));
}
