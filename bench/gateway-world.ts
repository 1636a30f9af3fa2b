import { z } from "zod";
import { startProgram } from "./child-program";

const Address = z.object({ port: z.int() });
const Gateway = Address.extend({ tokens: z.array(z.string()) });

export interface GatewayPrograms {
  /** The proxy library by itself, and the gateway, before the same service. */
  bare: string;
  gateway: string;
  tokens: string[];
  stop(): void;
}

const tenants = 100;

/** A service, the bare proxy and the gateway, each in a process of its own. */
export async function startGatewayPrograms(): Promise<GatewayPrograms> {
  const service = startProgram("bench/gateway-upstream-child.ts", []);
  const upstream = urlOf(Address.parse(await service.next()));
  const bare = startProgram("bench/gateway-bare-child.ts", [upstream]);
  const gateway = startProgram("bench/gateway-child.ts", [upstream, String(tenants)]);
  const [plain, guarded] = [Address.parse(await bare.next()), Gateway.parse(await gateway.next())];
  return {
    bare: urlOf(plain),
    gateway: urlOf(guarded),
    tokens: guarded.tokens,
    stop() {
      for (const program of [gateway, bare, service]) program.kill();
    },
  };
}

const urlOf = ({ port }: { port: number }) => `http://127.0.0.1:${port}`;
