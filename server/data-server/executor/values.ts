import type { SQLInputValue, SQLOutputValue } from "node:sqlite";
import { malformed } from "@/server/data-server/request-error";
import { readFields, readText } from "./fields";

const integer = /^-?\d{1,19}$/;
const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];

/** A value of Hrana as SQLite takes it. Integers stay exact. */
export function decodeValue(value: unknown): SQLInputValue {
  const fields = readFields(value, "A value");
  switch (fields["type"]) {
    case "null":
      return null;
    case "integer":
      return decodeInteger(fields["value"]);
    case "float":
      if (typeof fields["value"] === "number") return fields["value"];
      throw malformed("A float must be a number.");
    case "text":
      return readText(fields["value"], "A text");
    case "blob":
      return Buffer.from(readText(fields["base64"], "A blob"), "base64");
    default:
      throw malformed("A value must be null, an integer, a float, a text or a blob.");
  }
}

function decodeInteger(value: unknown): bigint {
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== "string" || !integer.test(text)) throw malformed("An integer must be a decimal text.");
  const exact = BigInt(text);
  if (exact < least || exact > most) throw malformed("An integer must fit into 64 bits.");
  return exact;
}

/** A value of SQLite as JSON text of Hrana. */
export function encodeValue(value: SQLOutputValue | undefined): string {
  switch (typeof value) {
    case "bigint":
      return `{"type":"integer","value":"${value}"}`;
    case "string":
      return `{"type":"text","value":${JSON.stringify(value)}}`;
    case "number":
      return `{"type":"float","value":${encodeFloat(value)}}`;
    default:
      return value == null ? '{"type":"null"}' : `{"type":"blob","base64":"${encodeBlob(value)}"}`;
  }
}

/** JSON has no infinity, but every reader turns a number that is too large into one. */
function encodeFloat(value: number): string {
  if (Number.isFinite(value)) return JSON.stringify(value);
  return value > 0 ? "1e999" : "-1e999";
}

function encodeBlob({ buffer, byteOffset, byteLength }: Uint8Array): string {
  const text = Buffer.from(buffer, byteOffset, byteLength).toString("base64");
  return text.replace(/=+$/, "");
}
