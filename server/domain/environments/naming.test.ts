import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOrganization } from "@/server/domain/organizations/create";
import { CreateOrganization } from "@/server/domain/organizations/schema";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { createWorld, type World } from "@/server/testing/world";
import { createEnvironment } from "./create";
import { hostnameSegment } from "./hostname";
import { slugFor, slugRefusal } from "./names";
import { ArchiveEnvironment, CreateEnvironment, Description, Name, Slug, UpdateEnvironment } from "./schema";

let world: World;
let ann: UserContext;
let acme: OrganizationContext;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
});
afterAll(() => world.end());

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const hostileSlugs = [
  "",
  "-a",
  "A",
  "Prod",
  "a_b",
  "a.b",
  "a b",
  "..",
  ".",
  "../etc",
  "..%2f..%2fetc",
  "%2e%2e%2f",
  "a/b",
  "a\\b",
  "a\u0000",
  "\u0000",
  "a\n",
  "a\r\nb",
  "a".repeat(64),
  "a".repeat(300),
  "CON.",
  "café",
  "пример",
  "ａｂｃ",
  "a\u200bb",
  "a\u202eb",
  "a\u00adb",
  "a\u0301",
  "１２３",
  "ß",
  "ı",
  "K",
  "a:b",
  "a?b",
  "a#b",
  "a%",
  "a'b",
  'a"b',
  "a;b",
  "<script>",
  "{{7*7}}",
  "${x}",
  "fleet",
  "new",
  "api",
  "account",
  "sign-in",
  "01900000-0000-7000-8000-000000000000",
  "\ud800",
];

test.for(hostileSlugs)("the slug %j is refused", (slug) => {
  expect(Slug.safeParse(slug).success).toBe(false);
});

const hostileNames = [
  "",
  "   ",
  "\t",
  "a\u0000b",
  "a\u0007",
  "a\nb",
  "\u202egnp.exe",
  "a\u200bb",
  "\ufeffa\u200e",
  "\u2066x\u2069",
  "a\ud800",
  "\udc00",
  "x".repeat(256),
  "\u0085x",
  "a\u061c",
];

test.for(hostileNames)("the name %j is refused", (name) => {
  for (const schema of [Name, CreateOrganization.shape.name, CreateEnvironment.shape.name])
    expect(schema.safeParse(name).success).toBe(false);
  expect(
    UpdateEnvironment.safeParse({ environment: "01900000-0000-7000-8000-000000000000", name }).success,
  ).toBe(false);
});

test.each(["a\u0000b", "\ud800", "a\u001b[31m", "x".repeat(2001)])(
  "the description or reason %j is refused",
  (text) => {
    expect(Description.safeParse(text).success).toBe(false);
    const reason = { environment: "01900000-0000-7000-8000-000000000000", reason: text };
    expect(ArchiveEnvironment.safeParse(reason).success).toBe(false);
  },
);

/** Odd but honest: kept as they are, and nothing outside the control plane hears of them. */
const oddNames = [
  "../../../../etc/passwd",
  "..%2f..%2fetc",
  "C:\\CON",
  "CON",
  "NUL",
  "a/b\\c",
  "'; drop table sys_environment; --",
  '"><img src=x onerror=alert(1)>',
  "${process.env.HOME}",
  "{{constructor}}",
  "=1+1",
  "@SUM(A1)",
  "%s%s%n",
  "Ünïcödé",
  "名前",
  "🦄🦄",
  "ﷺ",
  "İstanbul",
  "ß".repeat(127),
  "x".repeat(255),
  "-rf /",
  "__proto__",
  "constructor",
  "null",
  "0",
  "․․/․․/x",
];

describe("an odd name is stored as it is and moves nothing else", () => {
  test.for(oddNames.map((name, n) => [name, n] as const))("%j", async ([name, n]) => {
    const input = CreateEnvironment.parse({
      organization: acme.organization.slug,
      name,
      slug: `odd-${n}`,
      envType: "test",
    });
    const { environment } = await createEnvironment(acme, input);
    expect(environment.name).toBe(name);
    expect(environment.hostname).toMatch(/^acme-odd-\d+\.localhost$/);
    const { organization } = await createOrganization(
      { ...ann, user: { ...ann.user, isOperator: true } },
      CreateOrganization.parse({ name }),
    );
    expect(organization.name).toBe(name);
    expect(organization.slug).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
    expect(slugRefusal(organization.slug)).toBeNull();
  });

  test("and every file that came of it bears the name of a database and nothing else", async () => {
    await world.settle();
    const root = join(world.directory, "databases");
    for (const entry of readdirSync(root)) expect(entry).toMatch(/^(env_[0-9a-f]{32}\.db|tmp)$/);
    // Files made in advance have names that no database can have.
    for (const entry of readdirSync(join(root, "tmp"))) expect(entry).toMatch(/^blank\.[0-9a-f]{16}$/);
    for (const stray of ["etc", "CON", "passwd"])
      expect(existsSync(join(world.directory, stray))).toBe(false);
  });
});

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme-composite", maxLength: 80 }),
);

test("a proposed slug is empty or a slug, and proposing again changes nothing", () => {
  fc.assert(
    fc.property(text, (name) => {
      const slug = slugFor(name);
      if (slug === "") return true;
      return (
        /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(slug) && !slug.includes("--") && slugFor(slug) === slug
      );
    }),
    { numRuns: 2000 },
  );
});

test("a part of a host name is short, plain ASCII, and has no two hyphens in a row", () => {
  fc.assert(
    fc.property(text, (name) => {
      const segment = hostnameSegment(name);
      return label.test(segment) && segment.length <= 30 && !segment.includes("--");
    }),
    { numRuns: 2000 },
  );
});

test("host names are valid and different even where slugs look alike and are as long as can be", async () => {
  const long = "a".repeat(40);
  const hostnames = new Set<string>();
  const bob = await world.person("Bob");
  const longNamed = await createOrganization(bob, { name: "Long", slug: long });
  const ctx = await world.inOrganization(bob, longNamed.organization.slug);
  for (const slug of [
    `${long}1`,
    `${long}2`,
    `${long}3`,
    "xn--80ak6aa92e",
    `${"b-".repeat(20)}c`,
    "a--b",
    "a-b",
    "a-",
  ]) {
    const { environment } = await createEnvironment(ctx, {
      organization: long,
      name: "N",
      slug,
      envType: "test",
    });
    const [first = ""] = environment.hostname.split(".");
    expect(first).toMatch(label);
    expect(first.slice(2, 4)).not.toBe("--");
    hostnames.add(environment.hostname);
  }
  expect(hostnames.size).toBe(8);
});

test.for(["UNIQUE constraint failed: sys_environment.hostname", "freehold:last_owner"])(
  "a name that reads like an error of the database does not change what is said: %s",
  async (name) => {
    const input = { organization: acme.organization.slug, name, slug: "prod", envType: "test" as const };
    await expect(createEnvironment(acme, input)).rejects.toMatchObject({ code: "conflict", field: "slug" });
  },
);

test("no first part of an address of the console can be an organization", () => {
  const parts = (directory: string): string[] =>
    readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
      if (!entry.isDirectory()) return [];
      if (/^\(.*\)$/.test(entry.name)) return parts(join(directory, entry.name));
      return entry.name.startsWith("[") || entry.name.startsWith("_") ? [] : [entry.name];
    });
  for (const part of parts("app")) expect(Slug.safeParse(part).success, part).toBe(false);
});
