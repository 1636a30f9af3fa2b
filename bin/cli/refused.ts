/** Ends the program with one sentence on standard error and an exit code, 1 unless it says otherwise. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
