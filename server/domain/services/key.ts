import { createHash, randomBytes } from "node:crypto";

/** Names a service key at a glance, and in a scanner for leaked secrets. */
export const serviceKeyShape = /^fhs_[A-Za-z0-9_-]{43}$/;

/** 256 random bits: a hash of them needs no salt. */
export const newServiceKey = (): string => `fhs_${randomBytes(32).toString("base64url")}`;

export const hashServiceKey = (key: string): string => createHash("sha256").update(key).digest("hex");
