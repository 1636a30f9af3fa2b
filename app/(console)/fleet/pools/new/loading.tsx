import { FormSkeleton } from "@/components/organizations/form-skeleton";

export default function CreatePoolLoading() {
  return <FormSkeleton />;
}
