import { expect, test } from "vitest";
import { snippetsFor, type Access } from "./snippets";

const libsql: Access["connection"] = {
  driver: "sqlite",
  url: "http://localhost:3001/env_1/",
  username: null,
};
const postgres: Access["connection"] = {
  driver: "postgres",
  url: "postgresql://db.example.com:5432/env_1",
  username: "fh_login",
};

const cases = [
  libsql,
  { ...libsql, driver: "turso", url: "libsql://db.example.com" } as const,
  postgres,
].flatMap((connection) =>
  (["readonly", "readwrite", "admin"] as const).map((scope) => ({ connection, scope })),
);

test.for(cases)(
  "every program for $connection.driver, $scope, holds the secret and does no more than it may",
  (at) => {
    const snippets = snippetsFor({ ...at, secret: "s3cret" });
    expect(snippets).toHaveLength(3);
    for (const { code } of snippets) {
      expect(code).toContain("s3cret");
      expect(/insert|create table/i.test(code)).toBe(at.scope === "admin");
      expect(code.includes("refuses every write")).toBe(at.scope === "readonly");
    }
  },
);

test("a secret cannot leave its quotes, whatever is in it", () => {
  const secret = `a'b"c\`d$e\\f@g/h`;
  const codeOf = (connection: Access["connection"], id: string) =>
    snippetsFor({ connection, secret, scope: "admin" }).find((snippet) => snippet.id === id)?.code;
  expect(codeOf(libsql, "@libsql/client")).toContain(JSON.stringify(secret));
  expect(codeOf(libsql, "curl")).toContain(`'Authorization: Bearer a'\\''b"c`);
  expect(codeOf(postgres, "psql")).toContain(`PGPASSWORD='a'\\''b"c`);
  const url = /connectionString: "(.+)"/.exec(codeOf(postgres, "pg") ?? "")?.[1] ?? "";
  expect(decodeURIComponent(new URL(url).password)).toBe(secret);
});

test("a database at Turso is asked over https", () => {
  const connection = { ...libsql, driver: "turso", url: "libsql://db.example.com" } as const;
  const curl = snippetsFor({ connection, secret: "s3cret", scope: "readonly" }).find(
    ({ id }) => id === "curl",
  );
  expect(curl?.code).toContain("'https://db.example.com/v2/pipeline'");
});
