import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { user } from "@/drizzle/control/schema/people";
import type { World } from "@/server/testing/world";

const received: string[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, _session, done) {
    let text = "";
    stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
    stream.on("end", () => {
      received.push(text);
      done();
    });
  },
});

let world: World;

beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  const { port } = smtp.server.address() as AddressInfo;
  // Read once at first use, so it is set before anything of ours is loaded.
  process.env.FREEHOLD_SMTP_URL = `smtp://127.0.0.1:${port}`;
  vi.resetModules();
  const { createWorld } = await import("@/server/testing/world");
  world = await createWorld();
});
afterAll(async () => {
  await world.end();
  await new Promise<void>((resolve) => smtp.close(resolve));
});

test("an invitation goes out by mail, and accepting its link verifies the address", async () => {
  const { createInvitation } = await import("./create");
  const { acceptInvitation } = await import("./accept");
  const ann = await world.person("Ann");
  const bob = await world.person("Bob");
  const { ctx } = await world.organization(ann, "Mailed");
  const created = await createInvitation(ctx, {
    organization: ctx.organization.slug,
    email: bob.user.email,
    role: "member",
  });
  expect(created).toMatchObject({ delivery: "mail", link: null });
  await world.settle();
  const [mail] = received;
  expect(mail).toContain(`To: ${bob.user.email}`);
  // Mail wraps long lines and writes an equals sign as =3D.
  const text = mail?.replaceAll(/=\r?\n/g, "").replaceAll("=3D", "=") ?? "";
  const token = /\/accept-invitation\/[0-9a-f-]+\?token=([\w-]+)/.exec(text)?.[1] ?? "";
  const accepted = await acceptInvitation(bob, { invitation: created.id, token });
  expect(accepted.organization.slug).toBe(ctx.organization.slug);
  const [row] = await world.db
    .select({ verified: user.emailVerified })
    .from(user)
    .where(eq(user.id, bob.user.id));
  expect(row).toEqual({ verified: true });
});

test("a mail server that is away delays the mail and loses nothing", async () => {
  const { createInvitation } = await import("./create");
  const { operation } = await import("@/drizzle/control/schema/operations");
  const ann = await world.person("Ann");
  const { ctx } = await world.organization(ann, "Later");
  await new Promise<void>((resolve) => smtp.close(resolve));
  await createInvitation(ctx, {
    organization: ctx.organization.slug,
    email: "carol@example.test",
    role: "member",
  });
  await world.settle();
  const rows = await world.db.select().from(operation).where(eq(operation.saga, "send-invitation"));
  expect(rows.find((row) => row.subject === "carol@example.test")).toMatchObject({
    status: "running",
    leaseOwner: null,
  });
});
