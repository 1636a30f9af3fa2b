import { doorSettings } from "./door-settings";
import { createServiceWorld, type ServiceWorld } from "./service-world";
import { openServicesDoor, type ServicesDoor } from "./services-door";

/** A world whose answers lead to where its doors really are. */
export async function createDoorWorld(): Promise<ServiceWorld & { door: ServicesDoor }> {
  const { port, dataPort } = doorSettings;
  const world = await createServiceWorld({ dataPort });
  const door = await openServicesDoor(port);
  return {
    ...world,
    door,
    async end() {
      door.stop();
      await world.end();
    },
  };
}
