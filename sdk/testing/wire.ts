import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { anyAddress } from "./http-world.ts";

export interface RawAnswer {
  status: number;
  headers: ReadonlyMap<string, string>;
  body: Buffer;
}

/** A connection of its own from this address of the machine. */
export async function open(port: number, from: string = anyAddress): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port, localAddress: from });
  await once(socket, "connect");
  return socket;
}

/** Sends these bytes on a connection of their own, and gives what comes back until the other side ends it. */
export async function sendBytes(port: number, bytes: Uint8Array | string, from?: string): Promise<RawAnswer> {
  const socket = await open(port, from);
  const received: Buffer[] = [];
  socket.on("data", (chunk) => received.push(chunk)).on("error", () => {});
  socket.write(bytes);
  await once(socket, "close");
  return parse(Buffer.concat(received));
}

/** A head of these lines, and a body after it. */
export function requestOf(lines: readonly string[], body: Uint8Array | string = ""): Buffer {
  return Buffer.concat([Buffer.from([...lines, "", ""].join("\r\n")), Buffer.from(body)]);
}

function parse(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf("\r\n\r\n");
  const [first = "", ...lines] = bytes.subarray(0, Math.max(end, 0)).toString("latin1").split("\r\n");
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const rest = bytes.subarray(end + 4);
  const body = headers.get("transfer-encoding") === "chunked" ? dechunk(rest) : rest;
  return { status: Number(first.split(" ")[1] ?? 0), headers, body };
}

function dechunk(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const line = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.toString("latin1", at, line), 16);
    if (!(size > 0)) break;
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + size + 4;
  }
  return Buffer.concat(chunks);
}
