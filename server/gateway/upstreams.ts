import { connect } from "node:net";
import type { Route } from "./settings";

const longestMs = 2_000;

/** Rejects when one of the upstreams takes no connection. */
export async function reachUpstreams(routes: readonly Route[]): Promise<void> {
  const origins = new Set(routes.map(({ origin }) => origin));
  await Promise.all([...origins].map((origin) => reach(new URL(origin))));
}

function reach({ hostname, port, protocol }: URL): Promise<void> {
  const numbered = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ""), port: numbered });
    const fail = () => reject(new Error("An upstream cannot be reached."));
    socket
      .setTimeout(longestMs, () => socket.destroy())
      .once("connect", () => {
        resolve();
        socket.destroy();
      })
      .once("error", fail)
      .once("close", fail);
  });
}
