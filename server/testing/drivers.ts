import type { TenantDriver } from "@/server/drivers/driver";
import type { Drivers } from "@/server/drivers/registry";

/** Every cluster is this driver's. */
export const only = (driver: TenantDriver): Drivers => ({
  of: () => Promise.resolve(driver),
  pool: () => Promise.reject(new Error("There is no pool here.")),
  close: () => driver.close(),
});
