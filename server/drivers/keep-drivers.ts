import { logger } from "@/server/kernel/logger";

/** How long an address and a secret are taken for granted. */
const freshMs = 5000;

interface Kept<Driver> {
  version: string;
  checkedAt: number;
  driver: Driver;
}

export interface KeptDrivers<Driver> {
  /** The driver for what is there under this id now. */
  of(id: string): Promise<Driver>;
  close(): Promise<void>;
}

/** Makes a driver at its first use, and another one when what it was made from has changed. */
export function keepDrivers<Access extends { version: string }, Driver extends { close(): Promise<void> }>(
  find: (id: string) => Promise<Access>,
  make: (access: Access) => Driver,
): KeptDrivers<Driver> {
  const kept = new Map<string, Promise<Kept<Driver>>>();

  async function renew(id: string, known: Kept<Driver> | null): Promise<Kept<Driver>> {
    const access = await find(id);
    if (known?.version === access.version) return { ...known, checkedAt: Date.now() };
    // What the old one is doing ends in peace; a new call gets the new one.
    known?.driver
      .close()
      .catch((error: unknown) => logger.warn({ err: error }, "a driver that was replaced did not close"));
    return { version: access.version, checkedAt: Date.now(), driver: make(access) };
  }

  async function of(id: string): Promise<Driver> {
    const keeping = kept.get(id);
    const known = (await keeping?.catch(() => null)) ?? null;
    if (known && Date.now() - known.checkedAt < freshMs) return known.driver;
    if (keeping && kept.get(id) !== keeping) return of(id);
    const renewing = renew(id, known);
    kept.set(id, renewing);
    return (await renewing).driver;
  }

  return {
    of,
    async close() {
      const opened = await Promise.allSettled(kept.values());
      const drivers = opened.flatMap((one) => (one.status === "fulfilled" ? [one.value.driver] : []));
      await Promise.all(drivers.map((driver) => driver.close()));
    },
  };
}
