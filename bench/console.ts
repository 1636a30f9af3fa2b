import { readFileSync } from "node:fs";
import { chromium, type Browser, type BrowserContext } from "@playwright/test";
import { z } from "zod";
import { paths } from "@/components/paths";
import { furnish, startConsole } from "./built-console";
import { judge, summarize, type Result } from "./measure";
import { observePage, type PageFigures } from "./page-figures";

const goals = { signIn: 60, list: 110, lcp: 1500, inp: 100, cls: 0.05 };

const Manifest = z.object({ rootMainFiles: z.array(z.string()) });

/**
 * What a browser with a slow processor gets on its first visit. An empty page of the
 * framework loads the root files of the build manifest and nothing else: that is the limit.
 */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const { baseURL, server } = await startConsole();
  const browser = await chromium.launch({
    ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const signedIn = await browser.newContext({ baseURL });
    const organization = await furnish(signedIn.request, baseURL);
    const visits = quick ? 1 : 5;
    const signIn = await visit(browser, { baseURL, path: paths.signIn(), visits });
    const list = await visit(browser, { baseURL, path: paths.environments(organization), visits, signedIn });
    return resultOf({ empty: emptyPage(signIn), signIn, list });
  } finally {
    await browser.close();
    server.kill("SIGKILL");
  }
}

function resultOf({
  empty,
  signIn,
  list,
}: {
  empty: number;
  signIn: PageFigures;
  list: PageFigures;
}): Result {
  const [aboveSignIn, aboveList] = [signIn.javascript - empty, list.javascript - empty];
  const pages = [signIn, list];
  const holds =
    aboveSignIn <= goals.signIn &&
    aboveList <= goals.list &&
    pages.every(({ lcp, cls }) => lcp <= goals.lcp && cls <= goals.cls) &&
    list.inp <= goals.inp;
  return judge({
    metric: "compressed JavaScript of a list page above an empty one (kB)",
    value: aboveList,
    limit: goals.list,
    holds,
    conditions: {
      goals,
      empty_page: empty,
      sign_in: { above: aboveSignIn, ...signIn },
      list: { above: aboveList, ...list },
      cpu_throttling: 4,
      empty_is: "the root files of the build manifest, which every page loads",
    },
  });
}

/** What an empty page would have loaded of the scripts that this one did. */
function emptyPage({ scripts }: PageFigures): number {
  const { rootMainFiles } = Manifest.parse(JSON.parse(readFileSync(".next/build-manifest.json", "utf8")));
  const ofFramework = scripts.filter(({ path }) => rootMainFiles.some((file) => path === `/_next/${file}`));
  if (ofFramework.length < rootMainFiles.length)
    throw new Error("The page did not load the root files of this build.");
  return ofFramework.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
}

interface Visit {
  baseURL: string;
  path: string;
  visits: number;
  signedIn?: BrowserContext;
}

/** Each visit with an empty cache. */
async function visit(browser: Browser, { baseURL, path, visits, signedIn }: Visit): Promise<PageFigures> {
  const storageState = signedIn ? await signedIn.storageState() : undefined;
  const taken: PageFigures[] = [];
  for (let turn = 0; turn < visits; turn++) {
    const context = await browser.newContext({ baseURL, ...(storageState ? { storageState } : {}) });
    taken.push(await observePage(await context.newPage(), path, signedIn !== undefined));
    await context.close();
  }
  const [first] = taken;
  if (!first) throw new Error("The page was not visited.");
  const median = (key: "lcp" | "cls" | "inp") => summarize(taken.map((one) => one[key])).p50;
  return { ...first, lcp: median("lcp"), cls: median("cls"), inp: median("inp") };
}
