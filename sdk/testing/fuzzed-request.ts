import fc from "fast-check";
import { anyAddress, tenants, trustedAddress } from "./http-world.ts";

/** One thing on a request, and what it says: a tenant, nothing, or what must be refused. */
interface Piece {
  line: string;
  says: "A" | "B" | "nothing" | "malformed";
  /** It decides when nothing contradicts it. */
  decides: "always" | "from the gateway" | "never";
}

export interface FuzzedRequest {
  first: string;
  lines: readonly string[];
  from: string;
  pieces: readonly Piece[];
}

const letters = fc.constantFrom("A", "B");

/** Requests whose parts are known to name A, B or nothing, or to be malformed, in any mixture. */
export function fuzzedRequest(tokens: Record<"A" | "B", string>): fc.Arbitrary<FuzzedRequest> {
  const token = letters.map((of): Piece => ({
    line: `Authorization: ${tokens[of]}`,
    says: of,
    decides: "always",
  }));
  const name = fc.constantFrom("X-Tenant-Id", "x-tenant-id", "X-ENVIRONMENT-ID");
  const header = fc
    .tuple(name, letters)
    .map(([as, of]): Piece => ({ line: `${as}: ${tenants[of]}`, says: of, decides: "from the gateway" }));
  const odd = fc
    .tuple(name, oddValue())
    .map(([as, value]): Piece => ({ line: `${as}: ${value}`, says: "malformed", decides: "never" }));
  const noise = fc
    .constantFrom(
      "Accept: */*",
      "Cookie: tenant=B",
      "X-Forwarded-For: 127.0.0.2",
      "X-Real-IP: 127.0.0.2",
      "Via: B",
    )
    .map((line): Piece => ({ line, says: "nothing", decides: "never" }));
  const bad = fc
    .constantFrom("X_Tenant_Id: B", "Authorization: Bearer x.y.z", "X-Tenant-Id:", "Authorization: Bearer")
    .map((line): Piece => ({ line, says: "malformed", decides: "never" }));
  const any = fc.oneof(
    { weight: 4, arbitrary: token },
    { weight: 4, arbitrary: header },
    { weight: 1, arbitrary: odd },
    { weight: 4, arbitrary: noise },
    { weight: 1, arbitrary: bad },
  );
  const more = fc.array(any, { maxLength: 4 });
  const parts = fc.tuple(target(), host(), more, fc.constantFrom(anyAddress, trustedAddress));
  return parts.map(([[first, path], hosts, others, from]) => {
    const pieces = [...path, ...hosts, ...others];
    return { first, lines: [...hosts, ...others].map(({ line }) => line), from, pieces };
  });
}

/** The tenant that may be served, or null: none may. Lines of one name are one malformed hint. */
export function mayBe(
  { pieces, from }: FuzzedRequest,
  { seesPeer, seesLines }: { seesPeer: boolean; seesLines: boolean },
): "A" | "B" | null {
  // Where lines are hidden, Node's parser keeps the first one of these.
  const hidden = seesLines ? [] : ["host", "authorization"];
  const seen = pieces.filter(
    (piece, at) =>
      !hidden.includes(nameOf(piece)) || at === pieces.findIndex((one) => nameOf(one) === nameOf(piece)),
  );
  const names = seen.map(nameOf);
  const single = ["authorization", "host", "x-tenant-id", "x-environment-id"];
  const isTwice = single.some((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (isTwice || seen.some(({ says }) => says === "malformed")) return null;
  const [tenant, ...others] = new Set(seen.map(({ says }) => says).filter((says) => says !== "nothing"));
  if (others.length > 0 || (tenant !== "A" && tenant !== "B")) return null;
  const isGateway = seesPeer && from === trustedAddress;
  const isDecided = seen.some(
    ({ decides }) => decides === "always" || (decides === "from the gateway" && isGateway),
  );
  return isDecided ? tenant : null;
}

function nameOf({ line }: Piece): string {
  return line.slice(0, line.indexOf(":")).toLowerCase();
}

function target(): fc.Arbitrary<[first: string, path: readonly Piece[]]> {
  const named = letters.map((of): [string, Piece[]] => [
    `GET /t/${tenants[of]}/whoami HTTP/1.1`,
    [{ line: "path:", says: of, decides: "never" }],
  ]);
  const plain = fc
    .constantFrom("/whoami", "/whoami?tenant=B", "/whoami?x=/t/B")
    .map((path): [string, Piece[]] => [`GET ${path} HTTP/1.1`, []]);
  return fc.oneof(plain, named);
}

function host(): fc.Arbitrary<Piece[]> {
  const of = (line: string, says: Piece["says"], decides: Piece["decides"] = "always"): Piece[] => [
    { line: `Host: ${line}`, says, decides },
  ];
  return fc.constantFrom<Piece[][]>(
    of("127.0.0.1", "nothing", "never"),
    of("127.0.0.1", "nothing", "never"),
    of("localhost:3000", "nothing", "never"),
    of("a.test", "A"),
    of("B.TEST:8080", "B"),
    of("b.test.", "B"),
    of("a.test, b.test", "malformed"),
    of("c.test", "malformed"),
    [...of("a.test", "A"), ...of("b.test", "B")],
    [],
  );
}

/** Values that no tenant has, of the bytes that a header may hold. */
function oddValue(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ maxLength: 40 }).map((text) => `!${text.replaceAll(/[^\x20-\x7e]/g, "~")}`),
    fc.constantFrom(
      "ａ",
      "\u0430".repeat(8),
      `${tenants.A},${tenants.B}`,
      tenants.B.toUpperCase(),
      "..",
      "%41",
    ),
  );
}
