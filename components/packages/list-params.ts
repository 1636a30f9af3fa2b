import { listParams } from "@/components/lists/list-params";
import { environmentPackageStatuses } from "@/server/domain/packages/names";

export const packageListParams = listParams(["name", "updated"], {});

const { sort: _place, ...places } = listParams(["place"], { status: environmentPackageStatuses });

/** Where a package is, by organization and environment. */
export const placeListParams = places;

const { sort: _name, ...installed } = listParams(["name"], {});

/** The packages of an environment, by name. */
export const installedListParams = installed;
