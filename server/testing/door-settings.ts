import { freePort } from "@/bench/free-port";

/**
 * Where the doors of a test's Freehold are. A test imports it before everything else: modules of the
 * server read their settings as they load.
 */
export const doorSettings = {
  port: await freePort(),
  dataPort: await freePort(),
  /** How long answers outlive an outage. */
  outageSeconds: 3,
};

process.env.FREEHOLD_BASE_URL = `http://127.0.0.1:${doorSettings.port}`;
process.env.FREEHOLD_DATA_URL = `http://127.0.0.1:${doorSettings.dataPort}`;
process.env.FREEHOLD_OUTAGE_SECONDS = String(doorSettings.outageSeconds);
