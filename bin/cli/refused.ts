/** Ends the program with one sentence on standard error and exit code 1. */
export class Refused extends Error {
  override readonly name = "Refused";
}
