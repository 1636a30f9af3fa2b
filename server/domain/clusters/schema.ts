import { z } from "zod";
import { Name, Region, Slug } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { clusterStates, driverKinds, labelRefusal, mostLabels } from "./names";

const Labels = z
  .record(z.string(), z.string())
  .superRefine((labels, check) => {
    for (const [name, value] of Object.entries(labels)) {
      const refusal = labelRefusal(name, value);
      if (refusal) check.addIssue({ code: "custom", path: [name], message: refusal });
    }
  })
  .refine(
    (labels) => Object.keys(labels).length <= mostLabels,
    `A cluster has at most ${mostLabels} labels.`,
  );

const Capacity = z
  .number("Give a whole number.")
  .int("Give a whole number.")
  .min(0)
  .max(1_000_000, "A cluster takes at most 1,000,000 databases.")
  .nullable()
  .describe("The most databases that it takes; null: no limit.");

const AdminUrl = z
  .string()
  .max(2000)
  .regex(
    /^postgres(ql)?:\/\/[^\s\0]+$/,
    "Give an address such as postgresql://admin:password@db.example.com:5432/postgres.",
  )
  .refine(URL.canParse, "This address cannot be read.")
  // Others lead a client to other servers or to files of this machine.
  .refine(
    (text) =>
      !URL.canParse(text) || [...new URL(text).searchParams.keys()].every((name) => name === "sslmode"),
    "After the question mark this address may have one parameter: sslmode.",
  );

const PublicUrl = z
  .string()
  .max(300)
  .regex(
    /^postgresql:\/\/[A-Za-z0-9.\-[\]:]+$/,
    "Give host and port without a login, such as postgresql://db.example.com:5432.",
  );

const tursoName = /^[a-z0-9][a-z0-9-]{0,62}$/;

export const AddCluster = z
  .strictObject({
    name: Name,
    slug: Slug,
    driver: z.enum(
      ["postgres", "turso"],
      "Choose postgres or turso. Files live on the cluster that is here already.",
    ),
    region: Region,
    capacity: Capacity.default(null),
    labels: Labels.default({}),
    adminUrl: AdminUrl.optional().describe("postgres: where and as whom Freehold makes databases and roles."),
    publicUrl: PublicUrl.optional().describe("postgres: where clients find it, when that differs."),
    allowPrivateNetwork: z
      .boolean()
      .default(false)
      .describe("postgres: true where the server is on a private network or on this machine."),
    tursoOrganization: z.string().regex(tursoName, "This is not a name at Turso.").optional(),
    tursoGroup: z.string().regex(tursoName, "This is not a name at Turso.").optional(),
    apiToken: z.string().min(10).max(5000).optional().describe("turso: a token of the platform API."),
  })
  .superRefine((cluster, check) => {
    const wanted =
      cluster.driver === "postgres"
        ? (["adminUrl"] as const)
        : (["tursoOrganization", "tursoGroup", "apiToken"] as const);
    for (const field of wanted)
      if (cluster[field] === undefined)
        check.addIssue({ code: "custom", path: [field], message: `A ${cluster.driver} cluster needs this.` });
  });
export type AddCluster = z.infer<typeof AddCluster>;

export const ClusterRef = z.strictObject({ cluster: z.uuid("This is not the id of a cluster.") });
export type ClusterRef = z.infer<typeof ClusterRef>;

export const UpdateCluster = z.strictObject({
  cluster: z.uuid("This is not the id of a cluster."),
  name: Name.optional(),
  region: Region.optional(),
  capacity: Capacity.optional(),
  labels: Labels.optional(),
});
export type UpdateCluster = z.infer<typeof UpdateCluster>;

export const ListClusters = z.strictObject({
  ...pageInput,
  sort: z.enum(["name", "databases", "created"]).default("name"),
  driver: z.enum(driverKinds).optional(),
  state: z.enum(clusterStates).optional(),
});
export type ListClusters = z.infer<typeof ListClusters>;
