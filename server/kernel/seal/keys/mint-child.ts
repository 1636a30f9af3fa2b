import { localFileKeys, mintKeyring } from "./local-file";

// Makes the keyring if it is the first, wraps a key and prints the wrap.
const [directory = ""] = process.argv.slice(2);
await mintKeyring(directory, () => Promise.resolve(false));
const { bytes, ...ref } = await localFileKeys(directory).wrap(Buffer.alloc(32, 3), { id: "child" });
process.stdout.write(JSON.stringify({ ...ref, bytes: Buffer.from(bytes).toString("hex") }));
