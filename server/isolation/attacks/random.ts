import { createHash } from "node:crypto";

/** Numbers that follow from a seed, and from nothing else. */
export interface Random {
  below(limit: number): number;
  /** A key of this type that nobody has. */
  key(type: string): string;
}

export function randomFrom(seed: string): Random {
  let state = createHash("sha256").update(seed).digest();
  const next = () => {
    state = createHash("sha256").update(state).digest();
    return state;
  };
  return {
    below: (limit) => next().readUInt32BE(0) % limit,
    key(type) {
      const hex = next().toString("hex");
      if (type === "uuid")
        return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
      if (["integer", "bigint", "numeric"].includes(type))
        return String(1_000_000_000 + (next().readUInt32BE(0) % 1_000_000_000));
      if (type === "smallint") return String(10_000 + (next().readUInt32BE(0) % 20_000));
      return `nobody-${hex.slice(0, 16)}`;
    },
  };
}
