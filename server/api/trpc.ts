import { initTRPC } from "@trpc/server";
import superjson, { type SuperJSONResult } from "superjson";
import { z } from "zod";
import { requireSameSite } from "@/server/auth/same-site";
import { openEnvironment } from "@/server/domain/environments/open";
import { openOrganization } from "@/server/domain/organizations/open";
import { requireOperator } from "@/server/kernel/authorize";
import { DomainError } from "@/server/kernel/errors";
import { logger } from "@/server/kernel/logger";
import { asUser, type ApiContext } from "./context";
import { toPublicError, toTrpcError } from "./errors";
import type { RestMeta } from "./rest/meta";

/** In place, because a copy would take a key such as `__proto__` for the prototype and hide it from the schemas. */
const transformer = {
  serialize: superjson.serialize,
  deserialize: (value: SuperJSONResult) => superjson.deserialize(value, { inPlace: true }),
};

const t = initTRPC
  .context<ApiContext>()
  .meta<RestMeta>()
  .create({
    transformer,
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => ({
      code: shape.code,
      message: toPublicError(error).message,
      data: {
        httpStatus: shape.data.httpStatus,
        requestId: ctx?.requestId ?? null,
        ...toPublicError(error),
      },
    }),
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const mapErrors = t.middleware(async ({ next, ctx, path }) => {
  const tell = (error: unknown) => {
    const mapped = toTrpcError(error);
    if (mapped.code === "INTERNAL_SERVER_ERROR")
      logger.error({ err: error, path, request: ctx.requestId }, "procedure failed");
    return mapped;
  };
  const result = await next();
  if (result.ok)
    return isStream(result.data) ? { ...result, data: tellingErrors(result.data, tell) } : result;
  if (result.error.code !== "INTERNAL_SERVER_ERROR") return result;
  throw tell(result.error.cause ?? result.error);
});

function isStream(data: unknown): data is AsyncIterable<unknown> {
  return typeof data === "object" && data !== null && Symbol.asyncIterator in data;
}

/** What a subscription throws comes after its procedure has answered, past every middleware. */
async function* tellingErrors(stream: AsyncIterable<unknown>, tell: (error: unknown) => Error) {
  try {
    yield* stream;
  } catch (error) {
    throw tell(error);
  }
}

/** A cookie travels by itself, a key does not: only cookies need the browser's word. */
const refuseCrossSite = t.middleware(({ next, ctx, type }) => {
  if (type === "mutation" && ctx.door === "console" && !ctx.identity?.apiKey) requireSameSite(ctx.headers);
  return next();
});

/** For anyone, signed in or not. */
export const publicProcedure = t.procedure.use(mapErrors).use(refuseCrossSite);

/** For anyone who is signed in. */
export const userProcedure = publicProcedure.use(({ next, ctx }) => {
  if (!ctx.identity) throw new DomainError("unauthenticated", "Sign in first.");
  return next({ ctx: asUser(ctx, ctx.identity) });
});

/** For people, not for keys: keys cannot make keys. */
export const personProcedure = userProcedure.use(({ next, ctx }) => {
  if (ctx.identity?.apiKey)
    throw new DomainError("forbidden", "An API key cannot do this. Sign in to the console.");
  return next();
});

/** For members of the organization that the input names; proves it and mints the id. */
export const organizationProcedure = userProcedure
  .input(z.object({ organization: z.string().min(1).max(63) }).loose())
  .use(async ({ next, ctx, input }) => next({ ctx: await openOrganization(ctx, input.organization) }));

/** For members of the environment that the input names; proves it and mints the id. */
export const environmentProcedure = userProcedure
  .input(z.object({ environment: z.uuid("This is not an environment id.") }).loose())
  .use(async ({ next, ctx, input }) => next({ ctx: await openEnvironment(ctx, input.environment) }));

/** For operators of the installation. */
export const operatorProcedure = userProcedure.use(({ next, ctx }) => {
  requireOperator(ctx);
  return next();
});
