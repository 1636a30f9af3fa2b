import { PanelsSkeleton } from "@/components/environments/environment-skeletons";

export default function Loading() {
  return (
    <PanelsSkeleton
      label="Loading settings"
      titles={["Name and description", "Standing in the organization", "Service"]}
    />
  );
}
