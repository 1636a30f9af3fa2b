/** A refusal that the client is told: a code as libSQL sends them, a sentence, and the status of HTTP. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const malformed = (message: string) => new RequestError("HRANA_PROTO_ERROR", message);
