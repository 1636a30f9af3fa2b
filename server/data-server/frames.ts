/** A message between server and executor: a head in JSON and bytes that nobody has to look into. */
export interface Frame {
  head: unknown;
  body: Buffer;
}

const prefix = 8;

/** Two lengths of four bytes, the head, the body. */
export function encodeFrame(head: object, body: Buffer | string = ""): Buffer {
  const text = JSON.stringify(head);
  const [headLength, bodyLength] = [Buffer.byteLength(text), Buffer.byteLength(body)];
  const frame = Buffer.allocUnsafe(prefix + headLength + bodyLength);
  frame.writeUInt32BE(headLength, 0);
  frame.writeUInt32BE(bodyLength, 4);
  frame.write(text, prefix);
  if (typeof body === "string") frame.write(body, prefix + headLength);
  else body.copy(frame, prefix + headLength);
  return frame;
}

const lengthOf = (bytes: Buffer) => prefix + bytes.readUInt32BE(0) + bytes.readUInt32BE(4);

function decodeFrame(bytes: Buffer): Frame {
  const bodyAt = prefix + bytes.readUInt32BE(0);
  return { head: JSON.parse(bytes.toString("utf8", prefix, bodyAt)), body: bytes.subarray(bodyAt) };
}

/** Takes bytes as they come and gives whole frames in their order. */
export function createFrameReader(take: (frame: Frame) => void): (chunk: Buffer) => void {
  let waiting: Buffer[] = [];
  let size = 0;
  let wanted = prefix;
  return (chunk) => {
    waiting.push(chunk);
    size += chunk.length;
    while (size >= wanted) {
      const bytes = waiting.length === 1 && waiting[0] ? waiting[0] : Buffer.concat(waiting);
      const length = size >= prefix ? lengthOf(bytes) : prefix;
      wanted = length;
      waiting = [bytes];
      if (size < length) return;
      take(decodeFrame(bytes.subarray(0, length)));
      waiting = size > length ? [bytes.subarray(length)] : [];
      size -= length;
      wanted = prefix;
    }
  };
}

/** Puts bytes into the buffer from `at` on and gives how many; 0 at the end. */
type Read = (into: Buffer, at: number) => number;

const room = Buffer.allocUnsafeSlow(16 * 1024);

/**
 * Reads one frame; null at the end. There must not be more than one, as when each is answered
 * before the next is sent. The frame is good until the next is read.
 */
export function readFrame(read: Read): Frame | null {
  const got = fill(room, { from: 0, to: prefix }, read);
  if (got === 0) return null;
  const length = lengthOf(room);
  if (length <= got) return decodeFrame(room.subarray(0, length));
  const frame = Buffer.allocUnsafe(length);
  room.copy(frame, 0, 0, got);
  return fill(frame, { from: got, to: length }, read) === 0 ? null : decodeFrame(frame);
}

/** Reads until the buffer is full up to `to` at least. Gives how far it is, or 0 when there is no more. */
function fill(buffer: Buffer, { from, to }: { from: number; to: number }, read: Read): number {
  let at = from;
  while (at < to) {
    const got = read(buffer, at);
    if (got === 0) return 0;
    at += got;
  }
  return at;
}
