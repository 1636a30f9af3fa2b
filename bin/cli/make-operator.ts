import { eq } from "drizzle-orm";
import { user } from "@/drizzle/control/schema/people";
import type { UserContext } from "@/server/kernel/context";
import { createDataPlane } from "@/server/drivers/data-plane";
import { newId, userId } from "@/server/kernel/ids";
import type { ControlPlane } from "./control-plane";
import { Refused } from "./refused";

/** Signs the very first person up, who becomes the operator thereby. Refuses when someone is there. */
export async function makeOperator(
  { db, drivers }: ControlPlane,
  person: { email: string; name: string; password: string },
): Promise<UserContext> {
  const [someone] = await db.select({ id: user.id }).from(user).limit(1);
  if (someone)
    throw new Refused("Someone has signed up here already. Use the console, or an API key: freehold login");
  const id = await signUp(person);
  const [row] = await db.select().from(user).where(eq(user.id, id));
  if (row?.role !== "operator")
    throw new Refused("Someone else signed up at the same moment and is the operator now.");
  const { name, email, emailVerified } = row;
  return {
    db,
    dataPlane: createDataPlane(drivers),
    actor: { kind: "user", id, label: email },
    requestId: newId(),
    door: "cli",
    ip: null,
    idempotencyKey: null,
    user: { id: userId(id), name, email, emailVerified, isOperator: true },
    sessionToken: null,
  };
}

async function signUp(body: { email: string; name: string; password: string }): Promise<string> {
  const [{ auth }, { isAPIError }] = await Promise.all([
    import("@/server/auth/auth"),
    import("better-auth/api"),
  ]);
  const { api } = await auth();
  try {
    const { headers, response } = await api.signUpEmail({ body, returnHeaders: true });
    // Nobody is going to use the session that a sign-up opens.
    const cookie = headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    await api.signOut({ headers: new Headers({ cookie }) });
    return response.user.id;
  } catch (error) {
    if (isAPIError(error)) throw new Refused(`${error.message.replace(/\.$/, "")}.`);
    throw error;
  }
}
