import { organization } from "@/drizzle/control/schema/organizations";
import type { ControlPlane } from "./control-plane";
import { openControlPlane } from "./control-plane";
import { print, printJson, printTable } from "./print";
import { Refused } from "./refused";

interface Options {
  organization?: string;
  json?: boolean;
}

/** Walks the chains; ends with exit code 1 at the first entry that does not hold. */
export async function verify(options: Options): Promise<void> {
  const plane = await openControlPlane({ prepare: false, quiet: true });
  try {
    await report(await readChains(plane, options.organization), options);
  } finally {
    await plane.close();
  }
}

async function readChains({ db }: ControlPlane, wanted: string | undefined) {
  const { listChains, verifyChain } = await import("@/server/audit/verify");
  const organizations = await db.select({ id: organization.id, slug: organization.slug }).from(organization);
  const slugs = new Map(organizations.map(({ id, slug }) => [id, slug]));
  const only = wanted === undefined ? undefined : organizations.find(({ slug }) => slug === wanted);
  if (wanted !== undefined && !only) throw new Refused(`There is no organization ${wanted}.`);
  const reports = [];
  for (const chain of only ? [only.id] : await listChains(db)) {
    reports.push({ organization: slugs.get(chain) ?? null, ...(await verifyChain(db, chain)) });
  }
  return reports;
}

type Reports = Awaited<ReturnType<typeof readChains>>;

async function report(reports: Reports, { json }: Options): Promise<void> {
  if (json) printJson(reports);
  else {
    printTable(
      ["CHAIN", "ENTRIES", "STATE"],
      reports.map((chain) => [
        nameOf(chain),
        String(chain.entries),
        chain.broken ? `broken at ${chain.broken.seq}` : "holds",
      ]),
    );
  }
  const broken = reports.find((chain) => chain.broken);
  if (broken?.broken) {
    throw new Refused(
      `The chain ${nameOf(broken)} does not hold at entry ${broken.broken.seq}: ${broken.broken.reason}.`,
    );
  }
  if (!json) print("Every entry holds.");
}

const nameOf = ({ chain, organization: slug }: Reports[number]) => slug ?? chain;
