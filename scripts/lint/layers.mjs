const transports = ["next", "react", "react-dom", "@trpc/*", "better-auth"];
const databases = ["drizzle-orm", "@libsql/client", "node:sqlite", "better-auth/adapters/*"];
// What can open sealed secrets; sealing is for everybody.
const opening = ["server/kernel/seal/open", "server/kernel/seal/keys/"];
const nouns = "server/domain/*/";
const vocabulary = [
  "server/domain/*/names",
  "server/domain/*/schema",
  "server/domain/*/state",
  "server/kernel/roles",
];

/**
 * Who may import whom. The first layer that a file is in decides; what its lists do not
 * name is forbidden. An entry that ends with `/` means all below it, `*` any one name.
 * `types` may be imported as types only; `never` may not be, whatever `may` says, except as types.
 */
export const layers = [
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "**/*.contract.ts", "server/testing/"],
    may: ["bench/", "bin/", "components/", "drizzle/", "examples/", "sdk/", "server/"],
    says: "A test reaches the console through the browser: write it in e2e/.",
  },
  {
    files: ["server/kernel/"],
    may: ["server/kernel/"],
    types: ["server/"],
    never: [...transports, "drizzle-orm"],
    says: "The kernel is the floor: it imports nothing of ours but types.",
  },
  {
    files: ["server/drivers/"],
    may: [
      "server/kernel/",
      "server/drivers/",
      "server/packages/content",
      "server/packages/tenant-safe/",
      "drizzle/tenant/",
      "drizzle/pool/",
      "sdk/postgres/",
    ],
    never: transports,
    says: "A driver knows the kernel and databases, and nothing of us.",
  },
  {
    files: ["server/packages/"],
    may: ["server/kernel/", "server/packages/", "sdk/postgres/first-word"],
    never: [...transports, ...opening, "drizzle-orm", "@libsql/client"],
    says: "What a package is knows the kernel, and how a statement begins; verbs and drivers come to it.",
  },
  {
    files: ["server/data-server/"],
    may: ["server/kernel/", "server/drivers/", "server/data-server/"],
    never: [...transports, "drizzle-orm", "@libsql/client"],
    says: "The data server knows the kernel and the drivers: the registry comes to it as an access book.",
  },
  {
    files: ["server/gateway/"],
    may: ["server/kernel/", "server/gateway/", "sdk/"],
    never: [...databases, ...opening, "@trpc/*", "next", "react"],
    says: "The gateway is a service like any other: it asks Freehold through the SDK, and knows no database.",
  },
  {
    files: ["server/isolation/"],
    may: ["server/kernel/", "server/isolation/"],
    never: [...transports, "drizzle-orm"],
    says: "The linter and the proof look at any Postgres: they know the kernel only.",
  },
  {
    files: ["server/embedded-postgres/"],
    may: ["server/kernel/", "server/embedded-postgres/"],
    never: [...transports, "drizzle-orm"],
    says: "The embedded Postgres is a program that is started: it knows the kernel only.",
  },
  {
    files: ["server/mail/"],
    may: ["server/kernel/", "server/mail/"],
    never: [...transports, ...opening, "drizzle-orm"],
    says: "Mail knows the kernel only: pass it what to send.",
  },
  {
    files: ["server/db/"],
    may: ["server/kernel/", "server/db/", "drizzle/"],
    never: [...transports, ...opening],
    says: "The database layer knows the kernel and the schema: rules belong to a verb.",
  },
  {
    files: ["server/audit/"],
    may: ["server/kernel/", "server/db/", "server/audit/", "drizzle/control/"],
    never: [...transports, ...opening],
    says: "The audit trail knows the kernel and the database only.",
  },
  {
    files: [nouns],
    may: [
      "sdk/errors/",
      "sdk/resolution/",
      "sdk/tokens/",
      "server/kernel/",
      "server/db/",
      "server/audit/",
      "server/packages/",
      "server/sagas/catalog",
      "server/sagas/enqueue",
      "drizzle/control/",
      "sdk/options/",
      nouns,
    ],
    types: ["server/drivers/driver", "sdk/stores/", "sdk/transports/"],
    never: [...transports, ...opening],
    says: "A verb knows the database and enqueues sagas: no transport, no driver, no saga's steps.",
  },
  {
    files: ["server/sagas/"],
    may: [
      "server/kernel/",
      "server/db/",
      "server/audit/",
      "server/drivers/",
      "server/mail/",
      "server/packages/",
      "server/sagas/",
      "drizzle/control/",
      nouns,
    ],
    never: transports,
    says: "A saga knows verbs and drivers, and no transport.",
  },
  {
    files: ["server/auth/"],
    may: [
      "server/kernel/",
      "server/db/",
      "server/audit/",
      "server/mail/",
      "server/auth/",
      "drizzle/control/",
      nouns,
    ],
    never: [...opening, "@trpc/*"],
    says: "Who is asking knows the database and the verbs, and not the API.",
  },
  {
    files: ["server/connect/"],
    may: ["server/kernel/", "server/db/", "server/audit/", "server/connect/", "drizzle/control/", nouns],
    types: ["server/drivers/", "server/data-server/"],
    never: transports,
    says: "What services ask knows the registry and the verbs, and no transport.",
  },
  {
    files: ["server/api/internal/"],
    may: [
      "server/kernel/",
      "server/connect/",
      "server/auth/sign",
      "server/auth/issue-token",
      "server/db/client",
      "server/domain/*/schema",
      "server/api/",
    ],
    never: databases,
    says: "The door of services asks the catalog, and holds no query.",
  },
  {
    files: ["server/api/routers/"],
    may: ["server/kernel/", "server/api/", nouns],
    types: ["server/db/"],
    never: [...databases, ...opening, "next", "react"],
    says: "A router holds no query and no rule: call a verb.",
  },
  {
    files: ["server/api/"],
    may: [
      "server/kernel/",
      "server/auth/",
      "server/api/",
      // A context is made of them; what they answer is for verbs.
      "server/db/client",
      "server/db/round-trips",
      "server/connect/remote-data-plane",
      // The server and the browser share one way to make a query client.
      "components/api/query-client",
      nouns,
    ],
    never: [...databases, ...opening],
    says: "The API knows the verbs, and no query.",
  },
  {
    files: ["server/*"],
    may: ["server/", "drizzle/control/", "sdk/postgres/"],
    says: "Only what starts the server puts its parts together.",
  },
  {
    files: ["components/ui/"],
    may: ["components/ui/"],
    never: [...databases, "@trpc/*", "better-auth"],
    says: "components/ui knows no word of our domain.",
  },
  {
    files: ["components/"],
    may: [
      "components/",
      "sdk/options/json",
      "sdk/options/merge-options",
      "sdk/resolution/preset-names",
      ...vocabulary,
    ],
    types: ["server/api/"],
    never: databases,
    says: "A component reads through the API; of the domain it knows schemas and states.",
  },
  {
    files: ["app/**/actions.ts"],
    may: ["components/", ...vocabulary, "server/api/actions"],
    types: ["server/api/"],
    never: databases,
    says: "A server action calls a verb through server/api/actions.",
  },
  {
    files: ["app/"],
    may: [
      "components/",
      ...vocabulary,
      "server/api/attempt",
      "server/api/handler",
      "server/api/health",
      "server/api/hydrate",
      "server/api/internal/",
      "server/api/pathname",
      "server/api/rest/handler",
      "server/api/server",
      "server/auth/session",
      "server/auth/handler",
    ],
    types: ["server/api/"],
    never: databases,
    says: "A page gates, prefetches and composes: it reads and writes through the API.",
  },
  {
    files: ["e2e/"],
    may: ["e2e/", "components/paths"],
    says: "A browser test knows the product by its pages and paths.",
  },
  { files: ["sdk/"], may: ["sdk/"], says: "The SDK imports nothing of ours." },
  {
    files: ["examples/"],
    may: ["examples/", "sdk/"],
    says: "An example uses Freehold as a customer would: through the SDK.",
  },
  { files: ["drizzle/"], may: ["drizzle/"], says: "A schema knows schemas only." },
  {
    files: ["bin/", "bench/", "scripts/"],
    may: ["bin/", "bench/", "scripts/", "drizzle/", "sdk/", "server/", "components/paths"],
    says: "Programs use the server and the SDK, not the console.",
  },
  { files: ["instrumentation.ts"], may: ["server/boot"], says: "Starting belongs to server/boot." },
  {
    files: ["proxy.ts"],
    may: ["server/kernel/", "server/auth/"],
    never: opening,
    says: "The proxy asks who is asking, and no more.",
  },
  { files: ["*"], may: [], says: "A configuration imports nothing of ours." },
];
