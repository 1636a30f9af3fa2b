import { writeSync } from "node:fs";
import { browser, openConsole, password } from "@/server/testing/console";

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
