import type { ApiInputs } from "@/components/api/inputs";
import type { Region } from "@/components/environments/regions";
import { capacityOf } from "./capacity-field";
import { parseLabels } from "./label-lines";

/** What the form holds: text as it is typed. */
export interface AddClusterValues {
  driver: "postgres" | "turso";
  name: string;
  slug: string;
  region: Region;
  capacity: string;
  labels: string;
  adminUrl: string;
  publicUrl: string;
  allowPrivateNetwork: boolean;
  tursoOrganization: string;
  tursoGroup: string;
  apiToken: string;
}

export const noCluster: AddClusterValues = {
  driver: "postgres",
  name: "",
  slug: "",
  region: "us-east",
  capacity: "",
  labels: "",
  adminUrl: "",
  publicUrl: "",
  allowPrivateNetwork: false,
  tursoOrganization: "",
  tursoGroup: "",
  apiToken: "",
};

/** The form as the procedure takes it: what belongs to the chosen driver and nothing else. */
export function toAdd(values: AddClusterValues): ApiInputs["clusters"]["add"] {
  const { driver, slug, region } = values;
  const parsed = parseLabels(values.labels);
  const common = {
    driver,
    slug,
    region,
    name: values.name.trim(),
    capacity: capacityOf(values.capacity),
    labels: "labels" in parsed ? parsed.labels : {},
  };
  if (driver === "turso")
    return {
      ...common,
      tursoOrganization: values.tursoOrganization.trim(),
      tursoGroup: values.tursoGroup.trim(),
      apiToken: values.apiToken.trim(),
    };
  const publicUrl = values.publicUrl.trim();
  return {
    ...common,
    adminUrl: values.adminUrl.trim(),
    ...(publicUrl === "" ? {} : { publicUrl }),
    allowPrivateNetwork: values.allowPrivateNetwork,
  };
}
