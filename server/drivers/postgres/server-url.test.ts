import { expect, test } from "vitest";
import { Secret } from "@/server/kernel/secret";
import { createPostgresDriver } from "./driver";
import { parseServerUrl } from "./server-url";

test("a URL is read into its parts", () => {
  expect(parseServerUrl("postgresql://al%40ice:p%2Fw@db.example.com:6000/main")).toEqual({
    host: "db.example.com",
    port: 6000,
    user: "al@ice",
    password: "p/w",
    database: "main",
    ssl: { rejectUnauthorized: true, servername: "db.example.com", ca: undefined },
  });
});

test.each([
  ["postgresql://u:p@localhost", false],
  ["postgres://u:p@127.0.0.1:1", false],
  ["postgresql://u:p@[::1]/x", false],
  ["postgresql://u:p@10.0.0.1", true],
  ["postgresql://u:p@db.example.com", true],
  ["postgresql://u:p@db.example.com?sslmode=disable", false],
  ["postgresql://u:p@localhost?sslmode=verify-full", true],
  ["postgresql://u:p@localhost?sslmode=require", true],
])("%s is encrypted: %s", (url, encrypted) => {
  expect(parseServerUrl(url).ssl !== false).toBe(encrypted);
});

test.each([
  ["mysql://u:p@localhost", "starts with postgresql://"],
  ["postgresql://u:p@localhost?host=/tmp", "one parameter: sslmode"],
  ["postgresql://u:p@localhost?sslmode=prefer", "disable or verify-full"],
  ["postgresql:///x", "names no host"],
  ["nonsense", "not the URL of a Postgres server"],
  ["postgresql://u:hunter2%00@localhost", "not the URL of a Postgres server"],
])("%s is refused without being repeated", (url, message) => {
  expect(() => parseServerUrl(url)).toThrow(message);
  expect(() => parseServerUrl(url)).not.toThrow("hunter2");
});

test.each([
  ["postgresql://localhost", "postgresql://localhost", "must name a user and a password"],
  ["postgresql://u@localhost", "postgresql://localhost", "must name a user and a password"],
  ["postgresql://u:p@localhost", "postgresql://u:p@localhost", "must not hold a user or a password"],
])("a driver refuses %s with %s", (admin, publicUrl, message) => {
  expect(() => createPostgresDriver({ adminUrl: new Secret(admin), publicUrl })).toThrow(message);
});
