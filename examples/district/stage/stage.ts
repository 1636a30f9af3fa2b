import { z } from "zod";
import type { Landing } from "@/examples/district/landings";
import { explainLink } from "./explain-link";
import { forgeries, type ForgeryName, type Forged } from "./forgeries";
import { issueToken, type District } from "./installation";
import type { ControlPlane } from "./control-plane";
import { sendRequest, type Answer, type Seen } from "./wire";

const Name = z.string().trim().min(1).max(100);
const forgeryNames = Object.keys(forgeries) as [ForgeryName, ...ForgeryName[]];

/** What the page can ask for, as one of two districts. */
export const Asked = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("list"), district: z.string() }),
  z.strictObject({ do: z.literal("results"), district: z.string() }),
  z.strictObject({
    do: z.literal("add"),
    district: z.string(),
    first_name: Name,
    last_name: Name,
    grade: z.string(),
  }),
  z.strictObject({
    do: z.literal("assess"),
    district: z.string(),
    student_id: z.string(),
    subject: z.string(),
  }),
  z.strictObject({ do: z.literal("forge"), district: z.string(), forgery: z.enum(forgeryNames) }),
]);
export type Asked = z.infer<typeof Asked>;

/** A request that was sent, and what came of it. */
export interface Exchange {
  request: { line: string; headers: [name: string, value: string][] };
  curl: string;
  status: number;
  body: unknown;
  refusal: { code: string; detail: string } | null;
  explain: string | null;
}

// Refusals of the gateway and the SDK are problem documents; those of the services say only what was wrong.
const Refusal = z.object({ type: z.string().optional(), code: z.string(), detail: z.string() });
const tokenMs = 240_000;
const nowhere = { service: "gateway", transport: "http", tenant: null, decidedBy: null } as const;

interface Setting {
  plane: ControlPlane;
  districts: District[];
  gateway: string;
  studentService: string;
  /** The last request of this kind that went from the gateway to the student service. */
  overhear(what: string): Seen | null;
}

/** Sends what people press on the page, and passes on where it landed. */
export class Stage {
  readonly districts: District[];
  readonly console: string;
  readonly #setting: Setting;
  readonly #tokens = new Map<string, { token: string; until: number }>();
  readonly #listeners = new Set<(landing: Landing) => void>();

  constructor(setting: Setting) {
    this.#setting = setting;
    this.districts = setting.districts;
    this.console = setting.plane.url;
  }

  tell(landing: Landing): void {
    for (const listener of this.#listeners) listener(landing);
  }

  /** Gives a function that ends it. */
  onLanding(listener: (landing: Landing) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async ask(asked: Asked): Promise<Exchange> {
    const district = this.#district(asked.district);
    const token = await this.#tokenFor(district);
    const sent =
      asked.do === "forge" ? await this.#forge(asked.forgery, district) : honest(asked, { token, district });
    const origin = sent.to === "gateway" ? this.#setting.gateway : this.#setting.studentService;
    const headers = { host: new URL(origin).host, ...sent.headers };
    const answer = await sendRequest(origin, { ...sent, headers });
    const exchange = exchangeOf(origin, { ...sent, headers }, answer, this.console);
    const refused = refusedByGateway(exchange.body);
    if (refused) this.tell({ ...nowhere, what: exchange.request.line, refused });
    return exchange;
  }

  async #forge(name: ForgeryName, district: District): Promise<Forged> {
    const other = this.districts.find(({ id }) => id !== district.id);
    if (!other) throw new Error("There is no other district.");
    // Something has to go over the wire before it can be overheard.
    if (name === "context") await this.ask({ do: "list", district: district.slug });
    const token = await this.#tokenFor(district);
    const gatewayHost = new URL(this.#setting.gateway).host;
    const seen = this.#setting.overhear("GET /students");
    return forgeries[name].forge({ token, own: district, other, gatewayHost, seen });
  }

  #district(slug: string): District {
    const found = this.districts.find((district) => district.slug === slug);
    if (!found) throw new Error("There is no such district.");
    return found;
  }

  async #tokenFor(district: District): Promise<string> {
    const known = this.#tokens.get(district.id);
    if (known && known.until > Date.now()) return known.token;
    const token = await issueToken(this.#setting.plane, district);
    this.#tokens.set(district.id, { token, until: Date.now() + tokenMs });
    return token;
  }
}

function honest(
  asked: Exclude<Asked, { do: "forge" }>,
  { token, district }: { token: string; district: District },
): Forged {
  const usual = {
    to: "gateway" as const,
    headers: { authorization: `Bearer ${token}` },
    hints: [`token trusted ${district.id}`],
  } satisfies Partial<Forged>;
  const { do: _, district: __, ...body } = asked;
  switch (asked.do) {
    case "list":
      return { ...usual, method: "GET", path: "/students" };
    case "results":
      return { ...usual, method: "GET", path: "/assessments/results" };
    case "add":
      return { ...usual, method: "POST", path: "/students", body };
    case "assess":
      return { ...usual, method: "POST", path: "/assessments", body };
  }
}

function exchangeOf(origin: string, sent: Forged, answer: Answer, console: string): Exchange {
  const body = parsed(answer.body);
  const refusal = answer.status >= 400 ? Refusal.safeParse(body).data : undefined;
  const isAboutTenant = refusal?.type !== undefined;
  const { method, path, headers } = sent;
  return {
    request: { line: `${method} ${path}`, headers: Object.entries(headers).map(shortened) },
    curl: curlOf(origin, sent),
    status: answer.status,
    body,
    refusal: refusal ? { code: refusal.code, detail: refusal.detail } : null,
    explain: isAboutTenant ? explainLink(console, sent) : null,
  };
}

/** The code, when the gateway itself refused: it names the request, and services here do not. */
function refusedByGateway(body: unknown): string | null {
  return z.object({ code: z.string(), request_id: z.string() }).safeParse(body).data?.code ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const shortened = ([name, value]: [string, string]): [string, string] => [
  name,
  value.length > 60 ? `${value.slice(0, 28)}…${value.slice(-12)}` : value,
];

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function curlOf(origin: string, { method, path, headers, body }: Forged): string {
  const lines = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const data =
    body === undefined ? [] : ["-H 'content-type: application/json'", `-d ${quoted(JSON.stringify(body))}`];
  const how = method === "GET" ? [] : [`-X ${method}`];
  return ["curl", ...how, quoted(origin + path), ...lines, ...data].join(" ");
}
