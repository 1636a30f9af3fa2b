import { testDriver } from "@/server/drivers/driver.contract";
import { openTurso } from "@/server/testing/turso/double";

testDriver("turso", async () => (await openTurso()).driver());
