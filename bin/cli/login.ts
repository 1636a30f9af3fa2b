import type { Command } from "commander";
import { Me } from "./answers";
import { askSecret } from "./ask";
import { connect } from "./client";
import { defaultUrl, readConfig, writeConfig } from "./config";
import { print } from "./print";
import { Refused } from "./refused";

export function addLogin(program: Command): void {
  program
    .command("login")
    .description("keep the address of a Freehold and an API key to it")
    .option("--url <address>", "where Freehold answers", process.env.FREEHOLD_URL || defaultUrl())
    .option("--api-key <key>", "an API key; asked for when left out")
    .addHelpText("after", "\nExample:\n  freehold login --url https://console.example.com")
    .action(login);
}

async function login(options: { url: string; apiKey?: string }): Promise<void> {
  const url = originOf(options.url);
  const apiKey =
    options.apiKey ??
    process.env.FREEHOLD_API_KEY ??
    (await askSecret("API key: ", "Give the key with --api-key or FREEHOLD_API_KEY."));
  const me = Me.parse(await connect({ url, apiKey, from: "that was given" }).get("/me"));
  const { place } = readConfig();
  const path = writeConfig({ url, api_key: apiKey, ...(place ? { place } : {}) });
  print(`Logged in at ${url} as ${me.email}${me.is_operator ? ", an operator" : ""}. Kept in ${path}.`);
}

function originOf(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Refused(`${text} is not an address: write it like https://console.example.com.`);
  return url.origin;
}
