import { FormSkeleton } from "@/components/organizations/form-skeleton";

export default function Loading() {
  return <FormSkeleton />;
}
