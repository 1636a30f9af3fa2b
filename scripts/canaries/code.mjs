/** The same line, many times. */
export const lines = (count, line) => Array.from({ length: count }, () => line).join("\n");
/** A function of so many statements and four lines more. */
export const longFunction = (statements) =>
  `export function long(): number {\n  let n = 0;\n${lines(statements, "  n += 1;")}\n  return n;\n}`;
/** A file with one verb of this body. */
export const verb = (body) =>
  `declare function withTransaction(db: object, work: (tx: object) => Promise<void>): Promise<void>;
declare function appendAudit(tx: object): Promise<void>;
declare function requireState(action: string): void;
declare function requireOrganization(action: string): void;
export async function act(db: object): Promise<void> {
${body}
}`;
/** A router of one procedure. */
export const routes = (body) =>
  `import { organizationProcedure, router } from "@/server/api/trpc";
import { Act } from "@/server/domain/environments/schema";
import { z } from "zod";
export const canaryRouter = router({ act: ${body} });
export const used = [organizationProcedure, Act, z];`;
/** A test file of one test, declared by `call`. */
export const test = (call) =>
  `import { expect, test } from "vitest";\n${call}("holds", () => expect(1).toBe(1));`;
