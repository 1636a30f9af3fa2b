import type { Metadata } from "next";
import { AddClusterForm } from "@/components/clusters/add-cluster-form";
import { Page } from "@/components/shell/page";

export const metadata: Metadata = { title: "Add cluster" };

export default function AddClusterPage() {
  return (
    <Page title="Add cluster" description="A cluster is a place that can host databases.">
      <AddClusterForm />
    </Page>
  );
}
