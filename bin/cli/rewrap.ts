import { recordRewrap } from "@/server/sagas/record-rewrap";
import { rewrapSealed } from "@/server/sagas/rewrap-sealed";
import { isUnavailable } from "@/server/kernel/seal/failure";
import { addKeyringVersion } from "@/server/kernel/seal/keys/local-file";
import { env } from "@/server/kernel/env";
import { openControlPlane, type ControlPlane } from "./control-plane";
import { note, print, printJson } from "./print";
import { Refused } from "./refused";

interface Options {
  newVersion?: boolean;
  json?: boolean;
}

/** Wraps what is stored with the current key; ends with exit code 1 when a secret cannot be opened. */
export async function rewrap(options: Options): Promise<void> {
  const plane = await openControlPlane({ prepare: false, quiet: true });
  try {
    const version = options.newVersion ? addVersion() : null;
    if (version && !options.json) print(`The keyring has ${version} now, which wraps from here on.`);
    const { rewrapped, current, failed } = await move(plane);
    if (options.json) printJson({ new_version: version, rewrapped, current, failed });
    else print(`${rewrapped} re-wrapped, ${current} were on the current key.`);
    if (failed.length === 0) return;
    if (!options.json) for (const { kind, id, reason } of failed) note(`${kind} ${id}: ${reason}`);
    throw new Refused(
      `${failed.length === 1 ? "A secret" : `${failed.length} secrets`} could not be opened and stayed as before. Keep the old key.`,
    );
  } finally {
    await plane.close();
  }
}

async function move({ db }: ControlPlane) {
  try {
    const moved = await rewrapSealed(db);
    await recordRewrap(db, { rewrapped: moved.rewrapped, failed: moved.failed.length });
    return moved;
  } catch (error) {
    if (!(error instanceof Error && isUnavailable(error))) throw error;
    throw new Refused(`${error.message} Run it again when the keys can be had: what was moved stays moved.`);
  }
}

function addVersion(): string {
  const { keySources, dataDir } = env();
  // The last source wraps; a version that is added to another one would wrap nothing.
  if (keySources.at(-1)?.kind === "file") return addKeyringVersion(dataDir);
  throw new Refused(
    "The current key is not in the keyring of the data directory. Rotate it where it is, then run this without --new-version.",
  );
}
