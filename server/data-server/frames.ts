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

/** Reads one frame from `read`, which gives how many bytes it put into the buffer; null at the end. */
export function readFrame(read: (into: Buffer, at: number) => number): Frame | null {
  const head = fill(Buffer.allocUnsafe(prefix), 0, read);
  if (!head) return null;
  const frame = Buffer.allocUnsafe(lengthOf(head));
  head.copy(frame);
  const whole = fill(frame, prefix, read);
  return whole && decodeFrame(whole);
}

function fill(buffer: Buffer, from: number, read: (into: Buffer, at: number) => number): Buffer | null {
  for (let at = from; at < buffer.length;) {
    const got = read(buffer, at);
    if (got === 0) return null;
    at += got;
  }
  return buffer;
}
