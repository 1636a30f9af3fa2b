import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { admin, organization } from "better-auth/plugins";
import { defaultAc, userAc } from "better-auth/plugins/admin/access";
import * as organizations from "@/drizzle/control/schema/organizations";
import * as people from "@/drizzle/control/schema/people";
import { jwks } from "@/drizzle/control/schema/tokens";
import type { Db } from "@/server/db/client";
import { controlDb } from "@/server/db/client";
import { env } from "@/server/kernel/env";
import { newId } from "@/server/kernel/ids";
import { logger } from "@/server/kernel/logger";
import { forgetIdentity } from "@/server/kernel/identity-cache";
import { deriveKey } from "@/server/kernel/master-secret";
import { singleton } from "@/server/kernel/singleton";
import { sendMail } from "@/server/mail/send";
import { allowedOrigins } from "./origins";
import { requireMaySignUp } from "./sign-up-guard";
import { signingKeys } from "./signing-keys";
import { forgetAttempts, requireUnderLimit } from "./throttle";
import { welcome } from "./welcome";

/** Operators run the installation; the admin plugin only needs to know the two roles. */
const roles = { user: userAc, operator: defaultAc.newRole({ user: [], session: [] }) };

/** Columns of ours that the organization plugin must know of; only our verbs write them. */
const ownColumns = {
  organization: {
    additionalFields: {
      tier: { type: "string", required: true, input: false },
      region: { type: "string", required: true, input: false },
      updatedAt: { type: "date", required: true, input: false },
    },
  },
  invitation: {
    additionalFields: {
      delivery: { type: "string", required: true, input: false },
      acceptedBy: { type: "string", required: false, input: false },
    },
  },
} as const;

/** An error's own text may hold the values of a query, and only our logger knows to leave them out. Refusals are no errors. */
const telling = {
  logger: {
    level: "error",
    log: (_: unknown, __: string, ...about: unknown[]) =>
      logger.error({ err: about.find((one) => one instanceof Error) }, "sign-in"),
  },
  onAPIError: {
    onError(error: unknown) {
      const isRefusal = error instanceof APIError && error.statusCode < 500;
      if (!isRefusal) logger.error({ err: error }, "sign-in failed");
    },
  },
} as const;

const advanced = (trustedIpHeader: string | undefined) => ({
  cookiePrefix: "freehold",
  // By default it is off where NODE_ENV is test.
  disableOriginCheck: false,
  database: { generateId: newId },
  ipAddress: trustedIpHeader ? { ipAddressHeaders: [trustedIpHeader] } : { disableIpTracking: true },
});

function create(db: Db) {
  const { baseUrl, smtpUrl, trustedIpHeader } = env();
  const { keys, current } = signingKeys(db);
  return betterAuth({
    appName: "Freehold",
    baseURL: baseUrl,
    secret: deriveKey("sessions.v1").toString("base64url"),
    telemetry: { enabled: false },
    ...telling,
    trustedOrigins: allowedOrigins(),
    database: drizzleAdapter(db, { provider: "sqlite", schema: { ...people, ...organizations, jwks } }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      ...(smtpUrl
        ? {
            sendResetPassword: async ({ user, url }: { user: { email: string }; url: string }) =>
              sendMail({
                to: user.email,
                subject: "Choose a new password",
                text: `Open this link within an hour to choose a new password:\n${url}`,
              }),
          }
        : {}),
    },
    session: {
      additionalFields: { activeEnvironmentId: { type: "string", required: false, input: false } },
    },
    rateLimit: { enabled: trustedIpHeader !== undefined },
    advanced: advanced(trustedIpHeader),
    hooks: {
      before: createAuthMiddleware(async (call) => {
        if (call.path === "/sign-up/email") await requireMaySignUp(db, call.body, call.headers);
        if (call.path === "/sign-in/email") requireUnderLimit(call.body);
        // Whoever changes a password wants the others out, the thief's session first of all.
        if (call.path === "/change-password")
          return { context: { body: { ...call.body, revokeOtherSessions: true } } };
      }),
      after: createAuthMiddleware(async (call) => {
        const signedIn = call.path === "/sign-in/email" ? call.context.newSession : null;
        if (signedIn) forgetAttempts(signedIn.user.email);
      }),
    },
    databaseHooks: {
      user: { create: { after: (user) => welcome(db, user) } },
      session: { delete: { after: async (session) => forgetIdentity(session.userId) } },
    },
    plugins: [
      organization({ schema: ownColumns }),
      admin({ adminRoles: ["operator"], defaultRole: "user", roles }),
      keys,
      current,
    ],
  });
}

export type Auth = ReturnType<typeof create>;

/** better-auth over the control plane of this process. */
export function auth(): Promise<Auth> {
  return singleton("auth", async () => create(await controlDb()));
}
