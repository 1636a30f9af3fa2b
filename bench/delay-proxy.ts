import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A way to a server that takes so long in each direction. */
export async function delayed<T>(
  target: { host: string; port: number; milliseconds: number },
  use: (port: number) => Promise<T>,
): Promise<T> {
  const sockets = new Set<Socket>();
  const pipe = (from: Socket, to: Socket) => {
    from.on("data", (chunk) => setTimeout(() => void (to.writable && to.write(chunk)), target.milliseconds));
    from.on("close", () => to.destroy());
    from.on("error", () => to.destroy());
    sockets.add(from);
  };
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: target.host, port: target.port, noDelay: true });
    pipe(near, far);
    pipe(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(portOf(server.address()));
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const portOf = (address: unknown) => (address as AddressInfo).port;
