import { freePort } from "./free-port";

// Other installations of this machine keep theirs. Imported before everything else: modules of the server read
// their settings as they load.
process.env.FREEHOLD_DATA_PORT = String(await freePort());
process.env.FREEHOLD_POSTGRES_PORT = String(await freePort());
