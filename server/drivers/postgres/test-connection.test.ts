import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { isDomainError } from "@/server/kernel/errors";
import { withPostgres } from "@/server/testing/postgres";
import { testPostgresConnection } from "./test-connection";

const postgres = withPostgres();
const sentence = /^Freehold cannot log in to a Postgres server at this address\./;

let listener: Server;
let port = 0;
let knocks = 0;

beforeAll(async () => {
  listener = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  }).listen(0, "::");
  await once(listener, "listening");
  port = (listener.address() as { port: number }).port;
});
beforeEach(() => void (knocks = 0));
afterAll(() => void listener.close());

const inside = [
  "localhost",
  "LOCALHOST",
  "localhost.",
  "127.0.0.1",
  "127.0.0.1.",
  "127.1",
  "127.255.255.254",
  "0x7f000001",
  "0x7f.1",
  "2130706433",
  "017700000001",
  "0177.0.0.1",
  "0",
  "0.0.0.0",
  "[::]",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::ffff:0:127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[2002:7f00:1::]",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.1.1",
  "3232235777",
  "100.64.0.1",
  "169.254.169.254",
  "0xa9fea9fe",
  "2852039166",
  "[::ffff:169.254.169.254]",
  "[fe80::1]",
  "[fd00::1]",
  "[fd00:ec2::254]",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.2.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "metadata.google.internal",
  "instance-data",
];

async function refusalOf(url: string, allowPrivate = false): Promise<unknown> {
  return testPostgresConnection(url, { allowPrivate }).catch((error: unknown) => error);
}

function expectUniform(refusal: unknown): void {
  expect(isDomainError(refusal)).toBe(true);
  expect(refusal).toMatchObject({ code: "precondition", message: expect.stringMatching(sentence) });
}

test.each(inside)("%s is refused, and nothing is sent there", async (host) => {
  expectUniform(await refusalOf(`postgresql://u:p@${host}:${port}/postgres?sslmode=disable`));
  expect(knocks).toBe(0);
});

const always = [
  "0.0.0.0",
  "[::]",
  "169.254.169.254",
  "[fe80::1]",
  "[fd00:ec2::254]",
  "100.100.100.200",
  "224.0.0.1",
  "255.255.255.255",
];

test.each(always)("%s is refused even where private networks are allowed", async (host) => {
  expectUniform(await refusalOf(`postgresql://u:p@${host}:${port}/postgres?sslmode=disable`, true));
  expect(knocks).toBe(0);
});

const malformed = [
  "",
  "postgresql://",
  "postgresql:///postgres",
  "postgresql://u:p@/postgres",
  "127.0.0.1:5432",
  "file:///etc/passwd",
  "http://127.0.0.1/",
  "unix:///tmp/.s.PGSQL.5432",
  "postgresql://u:p@%2Ftmp/postgres",
  "postgresql://u:p@[::1%25lo]/postgres",
  "postgresql://u:p@a,b/postgres",
  "postgresql://u:p@h%00ost/postgres",
  "postgresql://u%00:p@127.0.0.1/postgres",
  "postgresql://u:p%00@127.0.0.1/postgres",
  "postgresql://u:p@127.0.0.1/post%00gres",
  "postgresql://u:p@127.0.0.1/%0aoptions",
  "postgresql://u:p@127.0.0.1/%E0%A4%A",
  "postgresql://u:p@127.0.0.1/x\u0000",
  "postgresql://u:p@127.0.0.1/postgres#x",
  ...[
    "host=127.0.0.1",
    "host=/tmp",
    "hostaddr=127.0.0.1",
    "port=5432",
    "user=x",
    "sslrootcert=/etc/passwd",
    "sslcert=/etc/passwd",
    "sslkey=/etc/passwd",
    "sslmode=allow",
    "sslmode=disable&sslmode=require",
    "ssl=0",
    "options=-c%20role=x",
    "service=x",
    "application_name=x",
  ].map((query) => `postgresql://u:p@127.0.0.1/postgres?${query}`),
];

test.each(malformed)("%j is refused in the same words", async (url) => {
  expectUniform(await refusalOf(url, true));
});

test("a server of this machine is reached when that is allowed, and only with its password", async () => {
  const url = `${postgres.adminUrl().reveal()}?sslmode=disable`;
  await expect(testPostgresConnection(url, { allowPrivate: true })).resolves.toEqual({ version: "18.4" });
  expectUniform(await refusalOf(url));
  expectUniform(await refusalOf(url.replace(/:[0-9a-f]+@/, ":wrong@"), true));
});

test("a server that asks for no encryption is refused one without a certificate", async () => {
  expectUniform(await refusalOf(`${postgres.adminUrl().reveal()}?sslmode=require`, true));
});

test("a name is resolved once, and the connection goes to that address", async () => {
  const asked: string[] = [];
  const url = postgres.adminUrl().reveal().replace("127.0.0.1", "db.example.com");
  const answer = await testPostgresConnection(`${url}?sslmode=disable`, {
    allowPrivate: true,
    resolve: async (host) => {
      asked.push(host);
      return [{ address: "127.0.0.1" }];
    },
  });
  expect(answer.version).toBe("18.4");
  expect(asked).toEqual(["db.example.com"]);
});

test("a name with one address inside is refused whole", async () => {
  const url = `postgresql://u:p@db.example.com:${port}/postgres?sslmode=disable`;
  const resolve = async () => [{ address: "198.51.100.7" }, { address: "::ffff:127.0.0.1" }];
  await expect(testPostgresConnection(url, { allowPrivate: false, resolve })).rejects.toThrow(sentence);
  expect(knocks).toBe(0);
});

test("a server that never answers is given up", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port: at } = silent.address() as { port: number };
  expectUniform(await refusalOf(`postgresql://u:p@127.0.0.1:${at}/postgres?sslmode=disable`, true));
  silent.close();
});
