import { readBytes } from "@/server/api/body";
import { DomainError } from "@/server/kernel/errors";
import { unknownField, withCamelKeys } from "./keys";
import { Refusal } from "./problem";

const tooLarge = () =>
  new Refusal({ status: 413, code: "too_large", detail: "The body is larger than 1 MB." });

/** The fields of the query, the body and the path, in the procedures' spelling. A field of the path cannot be given again. */
export async function readInput(
  request: Request,
  parameters: Record<string, string>,
): Promise<Record<string, unknown>> {
  const takesBody = request.method !== "GET" && request.method !== "HEAD";
  const body = takesBody ? await readBody(request) : {};
  const input = { ...fieldsOf(withCamelKeys(body)), ...fieldsOf(withCamelKeys(readQuery(request))) };
  for (const name of Object.keys(parameters)) if (Object.hasOwn(input, name)) throw unknownField(name);
  return { ...input, ...parameters };
}

function readQuery(request: Request): Record<string, string> {
  const query = new URL(request.url).searchParams;
  for (const name of query.keys()) {
    if (query.getAll(name).length > 1)
      throw new DomainError("invalid", `Give ${name.slice(0, 100)} once.`, { field: name.slice(0, 100) });
  }
  return Object.fromEntries(query);
}

async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type");
  const isJson = type !== null && /^application\/json\s*(;|$)/i.test(type);
  if (type !== null && !isJson) throw notJson();
  const bytes = await readBytes(request);
  if (bytes === null) throw tooLarge();
  if (bytes.length === 0) return {};
  if (!isJson) throw notJson();
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new DomainError("invalid", "The body cannot be read: it is not JSON.", { cause: error });
  }
}

const notJson = () =>
  new Refusal({
    status: 415,
    code: "unsupported_media_type",
    detail: "Send JSON, with the header Content-Type: application/json.",
  });

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DomainError("invalid", "The body must be a JSON object.");
  }
  return { ...value };
}
