import { z } from "zod";
import { startProgram } from "./child-program";
import { freePort } from "./free-port";

const Opened = z.object({ url: z.string(), key: z.string(), tenants: z.array(z.string()).min(1) });

/** Freehold in a process of its own, with so many tenants and the key of a service. */
export async function startFreehold(tenants: number) {
  const [port, dataPort] = [await freePort(), await freePort()];
  Object.assign(process.env, {
    PORT: String(port),
    FREEHOLD_DATA_PORT: String(dataPort),
    FREEHOLD_BASE_URL: `http://127.0.0.1:${port}`,
    FREEHOLD_DATA_URL: `http://127.0.0.1:${dataPort}`,
  });
  const program = startProgram("bench/freehold-child.ts", [String(tenants)]);
  return { program, ...Opened.parse(await program.next()) };
}
