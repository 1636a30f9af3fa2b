import type { z } from "zod";
import { readBytes } from "@/server/api/body";
import { Refusal } from "@/server/api/rest/problem";
import { DomainError } from "@/server/kernel/errors";

const json = /^application\/json\s*(;|$)/i;
const form = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/** The body as the schema says it must be; a form too where `forms` are taken. */
export async function readFields<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  { forms = false } = {},
): Promise<z.output<Schema>> {
  const type = request.headers.get("content-type") ?? "";
  if (!json.test(type) && !(forms && form.test(type))) throw otherType(forms);
  const bytes = await readBytes(request);
  if (bytes === null)
    throw new Refusal({ status: 413, code: "too_large", detail: "The body is larger than 1 MB." });
  const parsed = schema.safeParse(json.test(type) ? fromJson(bytes) : fromForm(bytes));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".").slice(0, 100);
  throw new DomainError("invalid", issue?.message ?? "The body is not valid.", place ? { field: place } : {});
}

function otherType(forms: boolean): Refusal {
  const also = forms ? " or application/x-www-form-urlencoded" : "";
  const detail = `Send the header Content-Type: application/json${also}.`;
  return new Refusal({ status: 415, code: "unsupported_media_type", detail });
}

function fromJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new DomainError("invalid", "The body cannot be read: it is not JSON.", { cause: error });
  }
}

function fromForm(bytes: Uint8Array): unknown {
  const fields = new URLSearchParams(new TextDecoder().decode(bytes));
  const names = [...fields.keys()];
  if (new Set(names).size < names.length) throw new DomainError("invalid", "Give each field once.");
  return Object.fromEntries(fields);
}
