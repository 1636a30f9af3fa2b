import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { handleRest } from "@/server/api/rest/handler";
import type { UserContext } from "@/server/kernel/context";
import { createApiWorld, type ApiWorld } from "./api-world";
import type { ChildResult } from "./child";
import { serve } from "./serve";

/** A world whose REST door is at a port, for the command line to knock at. */
export interface CommandWorld extends ApiWorld {
  url: string;
  /** Where the command line keeps its settings: a folder of the suite's own. */
  home: string;
  /** The environment variables with which `freehold` acts for this person. */
  accessOf(person: UserContext): Promise<Record<string, string>>;
}

export async function createCommandWorld(
  options: Parameters<typeof createApiWorld>[0] = {},
): Promise<CommandWorld> {
  const home = mkdtempSync(join(tmpdir(), "freehold-home-"));
  const world = await createApiWorld(options);
  const door = await serve(handleRest);
  return {
    ...world,
    url: door.url,
    home,
    accessOf: async (person) => ({
      XDG_CONFIG_HOME: home,
      FREEHOLD_URL: door.url,
      FREEHOLD_API_KEY: await world.key(person),
    }),
    async end() {
      door.stop();
      await world.end();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What a command with `--json` says, when all went well. */
export function answered({ code, stdout, stderr }: ChildResult): unknown {
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}
