/** No connection to a tenant's database: nothing was done there. */
export class ConnectionFailure extends Error {
  override readonly name = "ConnectionFailure";
  /** Nobody answers at its address, or all connections were taken for too long. */
  readonly code: "UNREACHABLE" | "NO_FREE_CONNECTION";

  constructor(code: ConnectionFailure["code"], cause: unknown) {
    super(code === "UNREACHABLE" ? "The database cannot be reached." : "No connection became free in time.", {
      cause,
    });
    this.code = code;
  }
}
