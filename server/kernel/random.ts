import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(4096);
let at = pool.length;

/**
 * Random bytes for what has to be unique and is no secret: ids and file names. Drawn from the system
 * some thousand at a time, because a draw costs more than what is done with it. Keys, tokens and
 * initialization vectors ask the system itself: bytes that lie in memory are in every copy of it.
 */
export function uniqueBytes(length: number): Buffer {
  if (at + length > pool.length) {
    randomFillSync(pool);
    at = 0;
  }
  at += length;
  return Buffer.from(pool.subarray(at - length, at));
}
