import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { ClosingFrames } from "./closing-frames";

function frame(payload: string, { opcode = 1, isMasked = false } = {}): Buffer {
  const bytes = Buffer.from(payload);
  const mask = isMasked ? 0x80 : 0;
  const { length } = bytes;
  const size = Buffer.alloc(length < 126 ? 1 : length < 65_536 ? 3 : 9);
  size[0] = mask | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (size.length === 3) size.writeUInt16BE(length, 1);
  if (size.length === 9) size.writeBigUInt64BE(BigInt(length), 1);
  return Buffer.concat([Buffer.from([0x80 | opcode]), size, Buffer.alloc(isMasked ? 4 : 0), bytes]);
}

const closing = frame("\x11\x33tenant_inactive", { opcode: 8 });

/** What comes out when this goes in, in pieces of one size, and then it is closed; whether it said so. */
async function passed(bytes: Buffer, size: number): Promise<[said: boolean, out: Buffer]> {
  const frames = new ClosingFrames();
  const out = buffer(frames);
  for (let at = 0; at < bytes.length; at += size)
    await new Promise((resolve) => frames.write(bytes.subarray(at, at + size), resolve));
  const hasSaid = frames.closeWith(4403, "tenant_inactive");
  frames.end();
  return [hasSaid, await out];
}

const short = [
  frame(""),
  frame("hello"),
  frame("x".repeat(125)),
  frame("x".repeat(126)),
  frame("ping", { opcode: 9, isMasked: true }),
];
const long = [frame("x".repeat(65_535)), frame("x".repeat(65_536)), ...short];

test.each([
  [1, short],
  [2, short],
  [3, short],
  [7, long],
  [1_000, long],
  [65_537, long],
  [1_000_000, long],
])("after whole frames in pieces of %d bytes a close frame follows", async (size, frames) => {
  const [hasSaid, out] = await passed(Buffer.concat(frames), size);
  expect(hasSaid).toBe(true);
  expect(out.equals(Buffer.concat([...frames, closing]))).toBe(true);
});

test.each([1, 2, 3, 4])("nothing is put into a frame of which %d bytes are missing", async (missing) => {
  const bytes = frame("hello").subarray(0, -missing);
  expect(await passed(bytes, bytes.length)).toEqual([false, bytes]);
});

test("nothing is put into the head of a frame", async () => {
  const bytes = frame("x".repeat(300)).subarray(0, 3);
  expect(await passed(bytes, 1)).toEqual([false, bytes]);
});

test("the server's own close frame is the last", async () => {
  const bytes = frame("\x03\xe8", { opcode: 8 });
  expect(await passed(bytes, bytes.length)).toEqual([false, bytes]);
});

test("it closes once", async () => {
  const frames = new ClosingFrames();
  const out = buffer(frames);
  expect([frames.closeWith(4403, "tenant_inactive"), frames.closeWith(4503, "unavailable")]).toEqual([
    true,
    false,
  ]);
  expect((await out).equals(closing)).toBe(true);
});
