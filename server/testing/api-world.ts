import { createApiKey } from "@/server/domain/api-keys/create";
import type { UserContext } from "@/server/kernel/context";
import { singleton } from "@/server/kernel/singleton";
import { createWorld, type World } from "./world";

/** A world that is this process's own, so that doors which find theirs by themselves find it. */
export interface ApiWorld extends World {
  key(person: UserContext): Promise<string>;
}

export async function createApiWorld(): Promise<ApiWorld> {
  const world = await createWorld();
  await singleton("control-db", () => Promise.resolve(world.db));
  singleton("drivers", () => world.drivers);
  return {
    ...world,
    async key(person) {
      return (await createApiKey(person, { name: "Test", days: 1 })).key;
    },
  };
}
