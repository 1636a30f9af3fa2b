import type { CDPSession, Page } from "@playwright/test";
import { z } from "zod";

export interface PageFigures {
  /** Compressed, as transferred: kilobytes of all scripts. */
  javascript: number;
  /** The part that this page's document names; the rest is fetched ahead for the pages that it links to. */
  own_javascript: number;
  scripts: { path: string; kilobytes: number }[];
  /** Milliseconds. */
  lcp: number;
  cls: number;
  /** The slowest interaction, milliseconds; 0 when there was none. */
  inp: number;
}

const Vitals = z.object({ lcp: z.number(), cls: z.number(), inp: z.number() });
const throttling = 4;

/** Visits the page for the first time, on a processor four times slower; `interacts` also uses its switcher, search and sorting. */
export async function observePage(page: Page, path: string, interacts: boolean): Promise<PageFigures> {
  const session = await page.context().newCDPSession(page);
  const scripts = await watchScripts(session);
  await session.send("Emulation.setCPUThrottlingRate", { rate: throttling });
  await page.addInitScript({ path: "bench/observe-vitals.js" });
  const document = await page.goto(path, { waitUntil: "networkidle" });
  const html = (await document?.text()) ?? "";
  const transferred = scripts();
  if (interacts) await interact(page);
  // Entries of the newest frame are handed out after it.
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))");
  const vitals = Vitals.parse(await page.evaluate("window.vitals"));
  return {
    javascript: total(transferred),
    own_javascript: total(transferred.filter((script) => html.includes(script.path))),
    scripts: transferred.toSorted((a, b) => b.kilobytes - a.kilobytes),
    ...vitals,
  };
}

function total(scripts: PageFigures["scripts"]): number {
  return scripts.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
}

async function interact(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Switch organization or environment" }).click();
  const places = page.getByRole("combobox", { name: "Find an organization or environment" });
  await places.pressSequentially("env");
  await places.press("Escape");
  await places.waitFor({ state: "detached" });
  await page.getByRole("searchbox").first().pressSequentially("environment 2");
  await page.getByRole("columnheader").getByRole("button").first().click();
  await page.waitForLoadState("networkidle");
}

async function watchScripts(session: CDPSession): Promise<() => PageFigures["scripts"]> {
  const urls = new Map<string, string>();
  const sizes = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script" || response.mimeType.endsWith("javascript")) urls.set(requestId, response.url);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    sizes.set(requestId, encodedDataLength);
  });
  await session.send("Network.enable");
  return () =>
    [...urls].map(([id, url]) => ({ path: new URL(url).pathname, kilobytes: (sizes.get(id) ?? 0) / 1000 }));
}
