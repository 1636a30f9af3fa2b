import { createHmac } from "node:crypto";
import { signProof } from "@/sdk/postgres/proof";
import type { TestTenant } from "./pool";
import { soon } from "./two-tenants";

interface Forgery {
  title: string;
  tenant?(a: TestTenant, b: TestTenant): string;
  proof(a: TestTenant, b: TestTenant, pid: number): string;
  sql?(b: TestTenant): string;
}

export const forgeries: Forgery[] = [
  { title: "no proof", proof: () => "" },
  {
    title: "the neighbour named under one's own key",
    tenant: (_, b) => b.tenant,
    proof: (a, b, pid) => signProof({ ...a.context, tenant: b.tenant }, { pid, expiresAt: soon() }),
  },
  {
    title: "the neighbour's credential under one's own key",
    tenant: (_, b) => b.tenant,
    proof: (a, b, pid) => signProof({ ...b.context, secret: a.context.secret }, { pid, expiresAt: soon() }),
  },
  {
    title: "one's own proof for the neighbour",
    tenant: (_, b) => b.tenant,
    proof: (a, _, pid) => signProof(a.context, { pid, expiresAt: soon() }),
  },
  {
    title: "the proof of another connection",
    proof: (a, _, pid) => signProof(a.context, { pid: pid + 1, expiresAt: soon() }),
  },
  { title: "an expired proof", proof: (a, _, pid) => signProof(a.context, { pid, expiresAt: soon() - 120 }) },
  {
    title: "a proof for too long",
    proof: (a, _, pid) => signProof(a.context, { pid, expiresAt: soon() + 400 }),
  },
  ...[Number.NaN, Number.POSITIVE_INFINITY, 1e21, -1, 2, 1e9].map((expiresAt) => ({
    title: `a proof that is signed until ${expiresAt}`,
    proof: (a: TestTenant, _: TestTenant, pid: number) => signProof(a.context, { pid, expiresAt }),
  })),
  {
    title: "a cut off signature",
    proof: (a, _, pid) => signProof(a.context, { pid, expiresAt: soon() }).slice(0, -2),
  },
  {
    title: "a longer life written into it",
    proof: (a, _, pid) =>
      signProof(a.context, { pid, expiresAt: soon() }).replace(
        /\.(\d{10})\./,
        (_all, at) => `.${Number(at) + 9}.`,
      ),
  },
  {
    title: "a signature without a key",
    proof: ({ context: { credentialId, tenant } }, _, pid) =>
      `${credentialId}.${pid}.${soon()}.${createHmac("sha256", "").update(`${tenant}.${credentialId}.${pid}.${soon()}`).digest("hex")}`,
  },
  { title: "rubbish", proof: () => "x" },
  { title: "rubbish with dots", proof: () => "1.2.3.4" },
  {
    title: "numbers that do not fit",
    proof: (a) => `${a.context.credentialId}.9999999999.999999999999.${"0".repeat(64)}`,
  },
  {
    title: "another spelling of the tenant",
    tenant: (a) => a.tenant.toUpperCase(),
    proof: (a, _, pid) =>
      signProof({ ...a.context, tenant: a.tenant.toUpperCase() }, { pid, expiresAt: soon() }),
  },
  {
    title: "a tenant that is none",
    tenant: () => "' OR 1=1 --",
    proof: (a, _, pid) => signProof(a.context, { pid, expiresAt: soon() }),
  },
  {
    title: "the neighbour set inside a query",
    proof: (a, _, pid) => signProof(a.context, { pid, expiresAt: soon() }),
    sql: (b) =>
      `WITH x AS MATERIALIZED (SELECT set_config('app.current_tenant', '${b.tenant}', true) AS c) SELECT s.name FROM x, school.schools s WHERE s.name = 'Bob'`,
  },
];
