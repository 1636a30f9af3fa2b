import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { readFolder } from "./folder";
import { readPackage } from "./read";

const folder = resolve("examples/packages");
const names = readdirSync(folder);

const tables: Record<string, string[]> = {
  assessments: ["assessments", "benchmarks", "results", "subjects"],
  auth: ["permissions", "role_permissions", "roles", "user_roles", "users"],
  backend: ["entries"],
  configuration: ["calendar_days", "calendars", "district_settings", "schools"],
  "data-import": ["import_jobs", "import_kinds", "import_rows", "validation_results"],
  identity: ["claim_types", "claims", "roles", "user_roles", "users"],
  interventions: ["attendance", "group_members", "intervention_groups"],
  media: ["file_metadata", "files", "videos"],
  reporting: ["aggregations", "report_runs", "reports"],
  sections: ["rosters", "schedules", "sections", "weekdays"],
  staff: ["assignments", "staff", "teams"],
  students: ["demographics", "enrollments", "grade_levels", "guardians", "students"],
};

test("every example is named here", () => {
  expect(names.toSorted()).toEqual(Object.keys(tables).toSorted());
});

test.each(names)("the example %s is a sound package for both engines", async (name) => {
  const { release, tables: made } = await readPackage(readFolder(join(folder, name)));
  expect(release.engines).toEqual(["sqlite", "postgres"]);
  expect(made.map((table) => table.name)).toEqual(tables[name]);
  for (const { sqlite, postgres } of release.migrations)
    expect([sqlite?.statements.length, postgres?.statements.length]).not.toContain(0);
});
