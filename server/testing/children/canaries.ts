import { writeSync } from "node:fs";
import { join } from "node:path";
import { environment } from "@/drizzle/control/schema/environments";
import { databaseNameFor } from "@/server/kernel/database-name";
import { env } from "@/server/kernel/env";
import { environmentId } from "@/server/kernel/ids";
import { handleToken } from "@/server/api/internal/token";
import { browser, openConsole, origin, password } from "@/server/testing/console";
import { serveFiles } from "@/server/testing/serve-files";

/** Lets every kind of secret pass through the doors, rightly and wrongly, and tells which they were. */
const secret = (value: unknown) => writeSync(1, `secret ${String(value)}\n`);
const console = await openConsole();
secret(password);
const ann = await console.signUp("Ann");
secret(decodeURIComponent(ann.cookie).split("=")[1]?.split(".")[0]);
const me = browser(ann.cookie);

const key = (await console.call(me, "apiKeys.create", { name: "canary" }, "mutation")).value as {
  key: string;
};
secret(key.key);
const organization = { organization: "canary" };
await console.call(me, "organizations.create", { name: "Canary" }, "mutation");
await console.worker.drain();
const guest = await console.signUp("Guest");
const invited = { ...organization, email: guest.email, role: "member" };
const invitation = (await console.call(me, "invitations.create", invited, "mutation")).value as {
  id: string;
  link: string;
};
const token = new URL(invitation.link).searchParams.get("token") ?? "";
secret(token);
await console.call(browser(), "invitations.preview", { invitation: invitation.id, token });
await console.call(me, "invitations.accept", { invitation: invitation.id, token }, "mutation");
await console.call(
  browser(guest.cookie),
  "invitations.accept",
  { invitation: invitation.id, token },
  "mutation",
);

const served = await serveFiles(console.db, join(env().dataDir, "databases"), env().dataPort);
const [prod] = await console.db.select({ id: environment.id }).from(environment);
const at = { environment: prod?.id ?? "" };
const issued = (
  await console.call(me, "credentials.issue", { ...at, name: "Canary", scope: "admin" }, "mutation")
).value as { credential: { id: string }; secret: string };
secret(issued.secret);
const rotation = { ...at, credential: issued.credential.id };
const rotated = (await console.call(me, "credentials.rotate", rotation, "mutation")).value as {
  secret: string;
};
secret(rotated.secret);
for (const token of [issued.secret, rotated.secret, `${rotated.secret}x`])
  for (const database of [databaseNameFor(environmentId(at.environment)), token])
    await fetch(`${served.url}/${database}/v3/pipeline`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({
        requests: [{ type: "execute", stmt: { sql: `select '${token}' from nowhere` } }],
      }),
    });
await served.close();
const service = (await console.call(me, "services.add", { name: "Canary" }, "mutation")).value as {
  key: string;
};
secret(service.key);
const issuedToken = (await console.call(me, "tokens.issue", { ...at, audience: "canary" }, "mutation")).value;
secret((issuedToken as { token: string }).token);
const askToken = (body: object, key = service.key) =>
  handleToken(
    new Request(`${origin()}/internal/token`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ grant_type: "client_credentials", ...body }),
    }),
  );
const granted = (await (await askToken({ audience: "canary" })).json()) as { access_token: string };
secret(granted.access_token);
await askToken({ audience: service.key, tenant: granted.access_token });
const bearer = `Authorization: Bearer ${granted.access_token}`;
for (const asked of [
  { curl: `curl -H '${bearer}' https://${key.key}.test/${token}?key=${service.key}`, service: "canary" },
  { curl: `curl -H '${bearer}x' -H 'X-Tenant-Id: ${service.key}' https://a.test`, service: service.key },
  { curl: `curl -u ${password} https://${token}` },
  { target: `/${key.key}`, headers: [`${bearer}.x`, `Cookie: session=${token}`, key.key] },
  { hints: [{ source: "token", saw: [granted.access_token], trusted: true }], tenant: password },
]) {
  const { status } = await console.call(me, "resolution.explain", asked, "mutation");
  if (status !== 200 && status !== 400) throw new Error(`Nothing was explained: ${status}.`);
}
await askToken({ audience: "canary" }, `${service.key}x`);
const adminPassword = "a-password-of-a-server-0123456789";
secret(adminPassword);
for (const adminUrl of ["postgresql://admin", "postgresql://[broken"].map(
  (start) => `${start}:${adminPassword}@127.0.0.1:9/postgres`,
)) {
  const cluster = { name: "Canary", slug: "canary", driver: "postgres", region: "us-east", adminUrl };
  await console.call(me, "clusters.add", cluster, "mutation");
  await console.worker.drain();
}

for (const wrong of [`${password}x`, password]) {
  await console.auth("POST", "/sign-in/email", { body: { email: ann.email, password: wrong } });
  await console.auth("POST", "/sign-in/email", { body: { email: wrong, password: wrong } });
  await console.auth("POST", "/sign-in/email", { body: { email: [wrong], password: { wrong } } });
}
await console.auth("POST", "/sign-up/email", { body: { email: ann.email, name: "Ann", password } });
await console.auth("POST", "/change-password", {
  body: { currentPassword: password, newPassword: `${password}!` },
  headers: me,
});
secret(`${password}!`);
for (const path of ["organizations.get", "environments.get", "navigation.locate"]) {
  await console.call({ authorization: `Bearer ${key.key}` }, path, {
    organization: key.key,
    environment: token,
    password,
  });
  await console.call({ authorization: `Bearer ${key.key}x` }, path, organization);
}
await console.db.run("alter table sys_environment rename to broken");
await console.call({ authorization: `Bearer ${key.key}` }, "environments.list", {
  ...organization,
  search: token,
});
await console.db.run("alter table session rename to broken_too");
await console.call(me, "navigation.me", {});
await console.auth("POST", "/sign-in/email", { body: { email: ann.email, password: `${password}!` } });
await console.end();
