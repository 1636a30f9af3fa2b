import { createApiKey } from "@/server/domain/api-keys/create";
import type { UserContext } from "@/server/kernel/context";
import { singleton } from "@/server/kernel/singleton";
import { createDataPlane } from "@/server/drivers/data-plane";
import { createWorld, type World } from "./world";

/** A world that is this process's own, so that doors which find theirs by themselves find it. */
export interface ApiWorld extends World {
  key(person: UserContext): Promise<string>;
}

export async function createApiWorld(options: Parameters<typeof createWorld>[0] = {}): Promise<ApiWorld> {
  const world = await createWorld(options);
  await singleton("control-db", () => Promise.resolve(world.db));
  singleton("drivers", () => world.drivers);
  singleton("data-plane", () => createDataPlane(world.drivers));
  return {
    ...world,
    async key(person) {
      return (await createApiKey(person, { name: "Test", days: 1 })).key;
    },
  };
}
