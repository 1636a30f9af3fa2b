import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../node24.mjs";

/** True when `next build` has left a server that can be started. */
export function serverIsBuilt() {
  return existsSync(join(root, ".next/BUILD_ID"));
}

export async function runServerRound() {
  return [];
}
