import type { Duplex } from "node:stream";

/** The last words on a socket. */
export function endWith(socket: Duplex, text: string): void {
  if (socket.writable) socket.end(text, () => socket.destroy());
  else socket.destroy();
}
