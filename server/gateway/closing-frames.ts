import { Transform, type TransformCallback } from "node:stream";

const closeOpcode = 8;
const mostReasonBytes = 123;

/**
 * Passes on what a WebSocket server sends, as it is, and knows where its frames end: there, and
 * nowhere else, a word of one's own can be put in.
 */
export class ClosingFrames extends Transform {
  /** The bytes of a frame's head that have come so far. */
  #head: number[] = [];
  /** How many bytes of its payload are still to come. */
  #left = 0;
  #hasClosed = false;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(this.#left, chunk.length - at);
      this.#left -= taken;
      at += taken;
      const byte = this.#left === 0 ? chunk[at++] : undefined;
      if (byte !== undefined) this.#take(byte);
    }
    done(null, chunk);
  }

  /**
   * Ends the stream with a close frame. False, and nothing is sent, in the middle of a frame, where
   * it would be read as a part of it, and after a close frame of the server's own.
   */
  closeWith(code: number, reason: string): boolean {
    if (this.#left > 0 || this.#head.length > 0 || this.#hasClosed || this.writableEnded) return false;
    const text = Buffer.from(reason).subarray(0, mostReasonBytes);
    this.#hasClosed = true;
    this.push(Buffer.from([0x80 | closeOpcode, text.length + 2, code >> 8, code & 0xff, ...text]));
    this.end();
    return true;
  }

  #take(byte: number): void {
    this.#head.push(byte);
    const [first = 0, second = 0] = this.#head;
    if (this.#head.length < headLength(second)) return;
    this.#left = payloadLength(this.#head);
    this.#hasClosed ||= (first & 0x0f) === closeOpcode;
    this.#head = [];
  }
}

/** Of what the second byte says: a length in two or eight more bytes, and a mask. */
function headLength(second: number): number {
  const length = second & 0x7f;
  return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
}

function payloadLength(head: readonly number[]): number {
  const length = (head[1] ?? 0) & 0x7f;
  if (length < 126) return length;
  return head.slice(2, length === 126 ? 4 : 10).reduce((sum, byte) => sum * 256 + byte, 0);
}
