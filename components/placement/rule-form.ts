import { driverLabels } from "@/components/clusters/cluster-words";
import { isRegion, regionOptions, type Region } from "@/components/environments/regions";
import { tierLabels } from "@/components/organizations/organization-words";
import { environmentLabels } from "@/components/shell/environment-type";
import { driverKinds } from "@/server/domain/clusters/names";
import { environmentTypes, type EnvironmentType } from "@/server/domain/environments/names";
import { tiers, type Tier } from "@/server/domain/organizations/names";
import type { Rule } from "./placement-words";
import type { RuleInput } from "./rule-values";

/** What stands for "whatever it is" in a choice. */
export const any = "any";
type Any = typeof any;

/** What the form holds: one value per choice. */
export interface RuleForm {
  name: string;
  tier: Tier | Any;
  envType: EnvironmentType | Any;
  region: Region | Any;
  fence: "fenced" | "free" | Any;
  /** `driver:postgres` or a cluster's id, after `pool:` for a pool there; empty until something is chosen. */
  cluster: string;
}

const driverPrefix = "driver:";
const poolPrefix = "pool:";
export const driverTargets = [
  ...driverKinds.map((driver) => ({
    value: `${driverPrefix}${driver}`,
    label: `The best ${driverLabels[driver]} cluster`,
  })),
  { value: `${poolPrefix}${driverPrefix}postgres`, label: "The best pool" },
];

/** The choice of a pool on the cluster with this id. */
export const poolOn = (cluster: string) => `${poolPrefix}${cluster}`;

export const matchOptions = {
  envType: [
    { value: any, label: "Any type" },
    ...environmentTypes.map((value) => ({ value, label: environmentLabels[value].long })),
  ],
  tier: [{ value: any, label: "Any tier" }, ...tiers.map((value) => ({ value, label: tierLabels[value] }))],
  region: [{ value: any, label: "Any region" }, ...regionOptions],
  fence: [
    { value: any, label: "Fenced or not" },
    { value: "fenced", label: "Fenced only", description: "Data must stay in its region." },
    { value: "free", label: "Unfenced only", description: "Data may be anywhere." },
  ],
};

export function formOf(rule: Rule | null): RuleForm {
  const none: RuleForm = { name: "", tier: any, envType: any, region: any, fence: any, cluster: "" };
  if (!rule) return none;
  const { name, tier, envType, region, fenced, cluster, driver, isolation } = rule;
  const target = cluster?.id ?? (driver ? `${driverPrefix}${driver}` : "");
  return {
    name,
    tier: tier ?? any,
    envType: envType ?? any,
    region: region && isRegion(region) ? region : any,
    fence: fenced === null ? any : fenced ? "fenced" : "free",
    cluster: isolation === "shared" ? `${poolPrefix}${target}` : target,
  };
}

/** The form as the procedures take it; what is switched off stays so. */
export function inputOf(form: RuleForm, rule: Rule | null): RuleInput {
  const { tier, envType, region, fence } = form;
  const isShared = form.cluster.startsWith(poolPrefix);
  const cluster = isShared ? form.cluster.slice(poolPrefix.length) : form.cluster;
  const driver = driverKinds.find((kind) => cluster === `${driverPrefix}${kind}`) ?? null;
  return {
    name: form.name.trim(),
    tier: tier === any ? null : tier,
    envType: envType === any ? null : envType,
    region: region === any ? null : region,
    fenced: fence === any ? null : fence === "fenced",
    cluster: driver || cluster === "" ? null : cluster,
    driver,
    isolation: isShared ? "shared" : "dedicated",
    isEnabled: rule?.isEnabled ?? true,
  };
}
