import { execFileSync, spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const sdk = join(import.meta.dirname, "..");
const modules = join(sdk, "../node_modules");

/** The programs of a document, by the name in their first line. */
export function programsOf(path: string): Map<string, string> {
  const blocks = readFileSync(path, "utf8").matchAll(/```js\n\/\/ (\S+\.mjs)\n(.*?)```/gs);
  return new Map([...blocks].map(([, name = "", program = ""]) => [name, program]));
}

export interface Running {
  url: string;
  /** Asks it to end, and gives the code that it ends with. */
  end(): Promise<number | null>;
}

/** A folder of a service that has installed the packed SDK, and nothing else of ours. */
export class PackedProject {
  readonly folder = mkdtempSync(join(tmpdir(), "freehold-project-"));
  readonly #env: NodeJS.ProcessEnv;

  constructor(programs: ReadonlyMap<string, string>, env: Record<string, string>) {
    this.#env = { PATH: process.env.PATH ?? "", HOME: this.folder, NODE_ENV: "production", ...env };
    const own = join(this.folder, "node_modules");
    mkdirSync(join(own, "@freehold/sdk"), { recursive: true });
    for (const name of readdirSync(modules))
      if (!name.startsWith(".") && name !== "@freehold") symlinkSync(join(modules, name), join(own, name));
    execFileSync("npm", ["pack", "--silent", "--pack-destination", this.folder], { cwd: sdk });
    const packed = readdirSync(this.folder).find((name) => name.endsWith(".tgz")) ?? "";
    const into = join(own, "@freehold/sdk");
    execFileSync("tar", ["-xzf", join(this.folder, packed), "-C", into, "--strip-components=1"]);
    for (const [name, program] of programs) writeFileSync(join(this.folder, name), program);
  }

  /** Runs lines of a module to their end and gives what they print, read as JSON. */
  async run(program: string): Promise<unknown> {
    const args = ["--input-type=module", "--eval", program];
    const child = spawn(process.execPath, args, { cwd: this.folder, env: this.#env });
    const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (printed === "") throw new Error(complaints);
    return JSON.parse(printed);
  }

  /** Starts a server on the port and waits until it answers. */
  async serve(name: string, port: number): Promise<Running> {
    const env = { ...this.#env, PORT: String(port) };
    const child = spawn(process.execPath, [name], {
      cwd: this.folder,
      env,
      stdio: ["ignore", "inherit", "inherit"],
    });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const url = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${url}/health`).catch(() => null))?.ok)
      if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}.`);
    return {
      url,
      end() {
        child.kill("SIGTERM");
        return ended;
      },
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
