import { DomainError } from "@/server/kernel/errors";
import { gathered, readHeaderLine, readTarget, type AskedRequest } from "./asked-request";
import { curlOptions, type CurlEffect } from "./curl-options";
import { shellWords } from "./shell-words";

const field = "curl";

interface Given {
  effect: CurlEffect;
  option: string;
  value: string;
}

/**
 * The request that a `curl` command would send, as far as it could name a tenant. Nothing is run,
 * fetched or read from a file. Throws `invalid` for what is no curl command, and for passwords.
 */
export function readCurl(command: string): AskedRequest {
  const { words, notes } = shellWords(command);
  const said = new Set(notes);
  const [program = "", ...rest] = words[0] === "$" ? words.slice(1) : words;
  if (!/^(?:.*[\\/])?curl(?:\.exe)?$/i.test(program)) throw refused("It does not begin with curl.");
  const given = optionsIn(rest);
  for (const { effect, option } of given) checkEffect(effect, option, said);
  const { host, path } = targetOf(given, said);
  const headers = headersOf(given, host, said);
  return { transport: "http", method: methodOf(given), path, headers, notes: [...said] };
}

function optionsIn(words: readonly string[]): Given[] {
  const given: Given[] = [];
  const queue = [...words];
  let isOver = false;
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (isOver || !word.startsWith("-") || word === "-")
      given.push({ effect: "url", option: "", value: word });
    else if (word === "--") isOver = true;
    else if (word.startsWith("--")) given.push(longOption(word, queue));
    else given.push(...shortOptions(word, queue));
  }
  return given;
}

function longOption(option: string, queue: string[]): Given {
  const known = curlOptions.get(option) ?? negated(option);
  if (!known) throw refused(`The option ${option.slice(0, 40)} is not known here. Take it out.`);
  return { effect: known.effect, option, value: known.takesValue ? valueOf(option, queue) : "" };
}

/** `--no-compressed` and such undo what changes nothing here. */
function negated(option: string) {
  const known = option.startsWith("--no-") ? curlOptions.get(`--${option.slice(5)}`) : undefined;
  return known && !known.takesValue ? { effect: "silent" as const, takesValue: false } : undefined;
}

/** `-sSL`, `-XPOST`, `-H 'X: y'`: the last one of a group may have a value. */
function shortOptions(group: string, queue: string[]): Given[] {
  const given: Given[] = [];
  for (let at = 1; at < group.length; at++) {
    const option = `-${group.charAt(at)}`;
    const known = curlOptions.get(option);
    if (!known) throw refused(`The option ${option} is not known here. Take it out.`);
    const { effect, takesValue } = known;
    const attached = group.slice(at + 1);
    if (!takesValue) given.push({ effect, option, value: "" });
    else return [...given, { effect, option, value: attached === "" ? valueOf(option, queue) : attached }];
  }
  return given;
}

function valueOf(option: string, queue: string[]): string {
  const value = queue.shift();
  if (value === undefined) throw refused(`The option ${option} has no value.`);
  return value;
}

function checkEffect(effect: CurlEffect, option: string, said: Set<string>): void {
  if (effect === "password")
    throw refused(`${option} sends a password, and a password names no tenant. Take it out.`);
  if (effect === "refused") throw refused(`${option} is not looked at: paste one request as it is.`);
  if (effect === "ignored") said.add(`${option} is ignored: it changes how curl connects, not what arrives.`);
}

function targetOf(given: readonly Given[], said: Set<string>): { host: string; path: string } {
  const [url, another] = given.filter(({ effect }) => effect === "url");
  if (!url) throw refused("It has no address.");
  if (another) throw refused("It has several addresses: paste one request.");
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(url.value) ? url.value : `http://${url.value}`;
  if (/^[a-z]+:\/\/[^/?#]*@/i.test(address))
    said.add("The login in the address is ignored: it names no tenant.");
  const { host, path } = readTarget(address, field);
  if (host === null) throw refused("It has no address.");
  if (hasPatterns(given, path)) throw refused("The address stands for several requests: paste one of them.");
  const raw = given.findLast(({ effect }) => effect === "target");
  if (raw) return { host, path: raw.value };
  return { host, path: given.some(({ option }) => option === "--path-as-is") ? path : withoutDots(path) };
}

const hasPatterns = (given: readonly Given[], path: string) =>
  /[[\]{}]/.test(path) && !given.some(({ option }) => option === "-g" || option === "--globoff");

/** curl resolves dot segments before it sends, and leaves everything else as it is. */
function withoutDots(path: string): string {
  if (!/\/\.{1,2}(?:[/?]|$)/.test(path)) return path;
  const [, plain = "", query = ""] = /^([^?]*)([^]*)$/.exec(path) ?? [];
  const kept: string[] = [];
  const segments = plain.split("/").slice(1);
  for (const segment of segments) {
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
  }
  const isOpen = /\/\.{1,2}$/.test(plain) && kept.at(-1) !== "";
  return `/${kept.join("/")}${isOpen && kept.length > 0 ? "/" : ""}${query}`;
}

function headersOf(given: readonly Given[], host: string, said: Set<string>): Map<string, string[]> {
  const lines: [string, string][] = [];
  const removed = new Set<string>();
  for (const { effect, option, value } of given) {
    if (effect === "agent") lines.push(["user-agent", value]);
    if (effect === "referer") lines.push(["referer", value]);
    if (effect === "bearer") lines.push(["authorization", `Bearer ${value}`]);
    if (effect === "cookie" && value.includes("=")) lines.push(["cookie", value]);
    if (readsFile(effect, value)) said.add(`${option} reads a file, which is not looked at.`);
    else if (effect === "header") addHeader(value, lines, removed);
  }
  const headers = gathered(lines);
  if (!headers.has("host") && !removed.has("host")) headers.set("host", [host]);
  return headers;
}

function readsFile(effect: CurlEffect, value: string): boolean {
  if (effect === "cookie") return !value.includes("=");
  return value.startsWith("@") && (effect === "header" || effect === "body" || effect === "json");
}

/** `X:` takes a header of curl's own away, `X;` sends it empty. */
function addHeader(line: string, lines: [string, string][], removed: Set<string>): void {
  const [, empty] = /^([^:;]+);\s*$/.exec(line) ?? [];
  if (empty !== undefined) return void lines.push(readHeaderLine(`${empty}:`, field));
  const [title, value] = readHeaderLine(line, field);
  if (value === "") removed.add(title);
  else lines.push([title, value]);
}

const implied: readonly (readonly [CurlEffect, string])[] = [
  ["head", "HEAD"],
  ["get", "GET"],
  ["upload", "PUT"],
  ["body", "POST"],
  ["json", "POST"],
  ["form", "POST"],
];

function methodOf(given: readonly Given[]): string {
  const named = given.findLast(({ effect }) => effect === "method");
  if (named && !/^[A-Za-z]{1,20}$/.test(named.value)) throw refused("Its method is no word, such as GET.");
  if (named) return named.value;
  return implied.find(([effect]) => given.some((one) => one.effect === effect))?.[1] ?? "GET";
}

function refused(why: string): DomainError {
  return new DomainError("invalid", `This curl command cannot be explained. ${why}`, { field });
}
