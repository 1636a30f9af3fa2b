import { text } from "node:stream/consumers";
import { z } from "zod";
import { isDomainError } from "@/server/kernel/errors";
import type { Release } from "@/server/packages/content";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { applyRelease } from "./apply-release";

const Order = z.object({
  directory: z.string(),
  identity: z.custom<DatabaseIdentity>(),
  release: z.custom<Release>(),
});

const { directory, identity, release } = Order.parse(JSON.parse(await text(process.stdin)));
try {
  applyRelease(directory, identity, release);
  process.stdout.write(JSON.stringify({ type: "done" }));
} catch (error) {
  if (!isDomainError(error)) throw error;
  process.stdout.write(JSON.stringify({ type: "refused", code: error.code, message: error.message }));
}
