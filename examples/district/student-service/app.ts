import type { Freehold } from "@freehold/sdk";
import { resolveTenant } from "@freehold/sdk/hono";
import type { TenantResolver } from "@freehold/sdk/incoming";
import { mistakesIn } from "@/examples/district/mistakes";
import { Hono } from "hono";
import { addStudent, findStudent, listStudents, NewStudent, studentsPackage } from "./students";

const minSchema = studentsPackage;

/** What the service answers over HTTP. */
export function createStudentApp(freehold: Pick<Freehold, "withDatabase">, resolver: TenantResolver) {
  return new Hono()
    .get("/health", (c) => c.text("ok"))
    .use(resolveTenant(resolver))
    .get("/students", async (c) => {
      const students = await freehold.withDatabase(c.get("tenant"), listStudents, {
        minSchema,
        readOnly: true,
      });
      return c.json({ students });
    })
    .post("/students", async (c) => {
      const given = NewStudent.safeParse(await c.req.json().catch(() => null));
      if (!given.success) return c.json(mistakesIn(given.error), 400);
      const add = (database: Parameters<typeof addStudent>[0]) => addStudent(database, given.data);
      return c.json(await freehold.withDatabase(c.get("tenant"), add, { minSchema }), 201);
    })
    .get("/students/:student", async (c) => {
      const find = (database: Parameters<typeof findStudent>[0]) =>
        findStudent(database, c.req.param("student"));
      const student = await freehold.withDatabase(c.get("tenant"), find, { minSchema, readOnly: true });
      return student ? c.json(student) : c.json({ code: "not_found", detail: "No such student." }, 404);
    });
}
