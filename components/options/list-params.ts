import { listParams } from "@/components/lists/list-params";

const { sort: _name, ...sets } = listParams(["name"], {});

/** The sets of options of an environment, by name. */
export const optionsListParams = sets;
