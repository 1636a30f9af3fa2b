import { ensureBuilt, ensureInstalled } from "./ensure.mjs";
import { onNode24 } from "./node24.mjs";

await onNode24();
await ensureInstalled();
await ensureBuilt();
