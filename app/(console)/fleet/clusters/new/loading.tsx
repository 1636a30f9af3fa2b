import { FormSkeleton } from "@/components/organizations/form-skeleton";

export default function AddClusterLoading() {
  return <FormSkeleton />;
}
