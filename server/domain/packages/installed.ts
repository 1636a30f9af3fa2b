import { and, eq } from "drizzle-orm";
import { environmentPackage } from "@/drizzle/control/schema/installations";

interface Place {
  environmentId: string;
  packageId: string;
}

export const isPlace = ({ environmentId, packageId }: Place) =>
  and(eq(environmentPackage.environmentId, environmentId), eq(environmentPackage.packageId, packageId));
