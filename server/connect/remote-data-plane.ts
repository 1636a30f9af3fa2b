import type { DataPlane } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import { singleton } from "@/server/kernel/singleton";
import { dataPlaneKey } from "./data-plane-key";
import { Facts, inspectPath, Refusal } from "./facts";

const patienceMs = 5000;

/** The data plane of this installation, in its own process: the console holds nothing that opens a database. */
export function remoteDataPlane(): DataPlane {
  return singleton("data-plane", () => ({
    async inspect(home) {
      const response = await ask(`${env().dataUrl}${inspectPath}`, home);
      const body: unknown = await response.json().catch(() => null);
      if (response.ok) return Facts.parse(body);
      const refusal = Refusal.safeParse(body);
      if (refusal.success) throw new DomainError(refusal.data.code, refusal.data.message);
      throw new Error(`The data server answered ${response.status}.`);
    },
  }));
}

async function ask(url: string, body: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${dataPlaneKey()}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (error) {
    throw new DomainError("precondition", "The data server cannot be reached. Try again in a moment.", {
      cause: error,
    });
  }
}
