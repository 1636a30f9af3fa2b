import { testDriver } from "@/server/drivers/driver.contract";
import { testLogins } from "@/server/drivers/logins.contract";
import { connectPostgres, withPostgres } from "@/server/testing/postgres";

const postgres = withPostgres();

testDriver("postgres", () => postgres.driver());

testLogins("postgres", {
  make: () => postgres.driver(),
  connect: connectPostgres,
  systemTable: "freehold.sys_migration",
});
