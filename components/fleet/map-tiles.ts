import { environmentStatuses, type EnvironmentStatus } from "@/server/domain/environments/names";
import type { Parcel } from "./map-layout";

/** A database on the map. */
export interface MapTile extends Parcel {
  status: EnvironmentStatus;
  environment: string;
  /** The slug of the cluster that it is on. */
  cluster: string;
}

/** The databases of `fleet.map`; a line that is not one, or has a status unknown here, is left out. */
export function parseTiles(lines: string): MapTile[] {
  return lines.split("\n").flatMap((line) => {
    const [id, organization, environment, status, bytes, cluster] = line.split(" ");
    const known = environmentStatuses.find((candidate) => candidate === status);
    if (!id || !organization || !environment || !cluster || !known) return [];
    return [{ id, organization, environment, status: known, bytes: Number(bytes), cluster }];
  });
}
