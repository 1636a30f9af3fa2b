import type { ApiInputs } from "@/components/api/inputs";
import type { EnvironmentType } from "@/server/domain/environments/names";
import type { DriverChoice } from "./driver-choices";
import type { IsolationChoice } from "./isolation-choices";
import type { Region } from "./regions";

/** What a form says about where a new environment is to live. */
export interface PlaceValues {
  envType: EnvironmentType;
  region: Region;
  isolation: IsolationChoice;
  driver: DriverChoice;
  /** A slug; empty while the rules decide. */
  cluster: string;
  /** A slug; empty while the rules decide. */
  pool: string;
}

type Place = Pick<
  ApiInputs["environments"]["create"],
  "envType" | "region" | "isolation" | "driver" | "cluster" | "pool"
>;

/** The choices as the procedures take them: what is left to the rules is not sent, and who gets a database is in no pool. */
export function placeOf({ envType, region, isolation, driver, cluster, pool }: PlaceValues): Place {
  return {
    envType,
    region,
    ...(isolation === "rules" ? {} : { isolation }),
    ...(driver === "best" ? {} : { driver }),
    ...(cluster === "" ? {} : { cluster }),
    ...(pool === "" || isolation === "dedicated" ? {} : { pool }),
  };
}
