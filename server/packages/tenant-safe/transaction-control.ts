import { fromFirstWord } from "@/sdk/postgres/first-word";

const control = /^(?:abort|begin|commit|end|prepare\s+transaction|release|rollback|savepoint|start)\b/i;

/** Whether a statement begins or ends a transaction, which a migration must leave to Freehold. */
export const controlsTransaction = (sql: string): boolean => control.test(fromFirstWord(sql));
