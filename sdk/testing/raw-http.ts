import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { incomingOfMessage } from "../transports/http-incoming.ts";
import type { Incoming } from "../transports/incoming.ts";
import { closeServer, listen } from "./listen.ts";

/**
 * A server that answers each request with what `judge` says of it, and takes requests as bytes.
 * Gives the text of the answer, or its status when the server refuses by itself.
 */
export async function openRawServer(judge: (incoming: Incoming) => Promise<string>) {
  const server = createServer((request, response) => {
    void judge(incomingOfMessage(request, request.url ?? "")).then(
      (verdict) => response.setHeader("connection", "close").end(verdict),
      (error: unknown) => response.setHeader("connection", "close").end(`crash: ${String(error)}`),
    );
  });
  const port = await listen(server);
  return {
    send: (lines: readonly string[]) => exchange(port, `${lines.join("\r\n")}\r\n\r\n`),
    close: () => closeServer(server),
  };
}

async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.setEncoding("latin1");
  let answer = "";
  socket.on("data", (chunk: string) => (answer += chunk));
  socket.on("error", () => undefined);
  socket.write(bytes, "latin1");
  await once(socket, "close");
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  const status = head.split(" ")[1] ?? "";
  return status === "200" ? body.replace(/^[0-9a-f]+\r\n|\r\n0$/g, "") : status;
}
