import { KeysUnavailable } from "@/server/kernel/seal/failure";

/** A package that only one key provider needs, so that only who uses it has to install it. */
export async function loadPackage<T>(provider: string, name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new KeysUnavailable(`The key provider ${provider} needs a package: run npm install ${name}.`, {
      cause: error,
    });
  }
}
