import type { PoolDriver } from "@/server/drivers/pool/driver";
import { rolesOf } from "@/server/drivers/pool/names";
import { lint, type Finding, type LintReport } from "@/server/isolation/lint";

/**
 * Lints a pool as Freehold makes them: what is Freehold's own is not the application. Whatever else
 * differs from what Freehold makes is a finding too, where no rule has said more of the same object.
 */
export async function lintPool(driver: PoolDriver, databaseName: string): Promise<LintReport> {
  const { installer, owner } = rolesOf(databaseName);
  const report = await driver.readCatalogs(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT schema || '.' || unnest(reference) AS name FROM app.package",
    );
    return lint(client, {
      reference: rows.map(({ name }) => name),
      currentTenant: "(SELECT app.tenant())",
      ownSchemas: ["app"],
      ownRoles: [installer, owner],
    });
  });
  const unlike = await driver.findUnsafe();
  const findings = report.findings.map((finding) => {
    // The template says more of what may be written than a rule knows.
    const policies = unlike.find(({ rule, object }) => rule === "policies" && isAbout(finding, object));
    return policies && ofPolicies.test(finding.rule) ? { ...finding, mend: `${policies.mend};` } : finding;
  });
  const told = findings.filter(({ severity }) => severity !== "low");
  const untold = unlike.filter(({ object }) => !told.some((finding) => isAbout(finding, object)));
  return { ...report, findings: [...findings, ...untold.map(toFinding)] };
}

const ofPolicies = /^(?:policy-|check-true$|no-policy$|no-restrictive-guard$|missing-with-check$)/;

const isAbout = (finding: Finding, object: string) =>
  finding.object === object || finding.object.endsWith(` on ${object}`);

function toFinding({
  rule,
  object,
  message,
  mend,
}: Awaited<ReturnType<PoolDriver["findUnsafe"]>>[number]): Finding {
  return {
    rule: `unlike-${rule}`,
    object,
    severity: "high",
    problem: message,
    why: "Freehold makes every pool alike. What differs was made by somebody else, and a fence may be open there.",
    mend: mend === "" ? "-- Take back what was made by hand." : `${mend};`,
  };
}
