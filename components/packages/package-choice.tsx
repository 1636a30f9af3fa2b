"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { PackageDetail } from "./package-words";

interface PackageChoiceProps {
  value: string | null;
  onChoose: (name: string) => void;
}

/** One of the packages that have a published version. */
export function PackageChoice({ value, onChoose }: PackageChoiceProps) {
  const trpc = useTRPC();
  // One that was published a moment ago is to be there.
  const packages = useQuery(trpc.packages.list.queryOptions({ limit: 100 }, { staleTime: 0 }));
  const items = packages.data?.items ?? [];
  return (
    <Field
      label="Package"
      hint={
        packages.data && items.length === 0 ? "None is published yet. Operators publish them." : undefined
      }
    >
      <Select
        value={value}
        onValueChange={onChoose}
        options={items.map((one) => ({
          value: one.name,
          label: one.name,
          description: one.description || `Schema ${one.schema}`,
          ...(one.newestVersion === null ? { disabledReason: "No version is published." } : {}),
        }))}
      />
    </Field>
  );
}

/** The versions that can be installed, the newest first. */
export const publishedOf = (detail: PackageDetail | undefined) =>
  (detail?.versions ?? []).filter(({ status }) => status === "published");

interface VersionChoiceProps {
  name: string;
  value: string | null;
  onChoose: (version: string) => void;
}

/** One of the package's published versions. */
export function VersionChoice({ name, value, onChoose }: VersionChoiceProps) {
  const trpc = useTRPC();
  const detail = useQuery(trpc.packages.get.queryOptions({ package: name }));
  return (
    <Field label="Version">
      <Select
        value={value}
        onValueChange={onChoose}
        options={publishedOf(detail.data).map(({ version }) => ({ value: version, label: version }))}
      />
    </Field>
  );
}
