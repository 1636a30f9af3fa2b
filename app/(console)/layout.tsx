import type { ReactNode } from "react";
import { ApiProvider } from "@/components/api/provider";
import { UrlState } from "@/components/shell/url-state";
import { requirePerson } from "./gate";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  await requirePerson();
  return (
    <UrlState>
      <ApiProvider>{children}</ApiProvider>
    </UrlState>
  );
}
