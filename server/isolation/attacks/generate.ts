import type { Aim, Attack } from "./attack";
import { contextAttacks, type Settings } from "./context-attacks";
import { oracleAttacks } from "./oracle-attacks";
import { readAttacks } from "./read-attacks";
import { serverAttacks } from "./server-attacks";
import type { Shape, Surroundings } from "./shapes";
import { writeAttacks } from "./write-attacks";

/** Every attack on one table. Their names and their order depend on the table only. */
export function attacksOn(shape: Shape, aim: Aim, around: Surroundings & { settings: Settings }): Attack[] {
  return [
    ...readAttacks(shape, aim),
    ...writeAttacks(shape, aim),
    ...contextAttacks(shape, aim, around.settings),
    ...oracleAttacks(shape, aim),
    ...serverAttacks(shape, aim, around),
  ];
}
