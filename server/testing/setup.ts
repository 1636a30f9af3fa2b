import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const directory = mkdtempSync(join(tmpdir(), "freehold-test-"));
process.env.FREEHOLD_DATA_DIR = directory;
process.env.FREEHOLD_LOG_LEVEL = "silent";

afterAll(() => rmSync(directory, { recursive: true, force: true }));
