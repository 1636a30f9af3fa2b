import type { ReactNode } from "react";
import { ConsoleFrame } from "@/components/console/console-frame";
import { switchEnvironment } from "@/app/(console)/actions";
import { requirePerson } from "@/app/(console)/gate";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const person = await requirePerson();
  return (
    <ConsoleFrame person={person} fallback="Account" remember={switchEnvironment}>
      {children}
    </ConsoleFrame>
  );
}
