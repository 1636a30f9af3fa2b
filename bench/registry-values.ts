const second = 1000;
const begun = Date.now() - 200_000 * second;
/** Moments of the past, one after the other. */
export const at = (turn: number) => new Date(begun + turn * second);
export const pick = <T>(from: readonly [T, ...T[]], turn: number): T => from[turn % from.length] ?? from[0];
