import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ConsoleFrame } from "@/components/console/console-frame";
import { fleetNavigation } from "@/components/console/navigation";
import { switchEnvironment } from "@/app/(console)/actions";
import { requirePerson } from "@/app/(console)/gate";

export default async function FleetLayout({ children }: { children: ReactNode }) {
  const person = await requirePerson();
  if (!person.isOperator) notFound();
  return (
    <ConsoleFrame
      person={person}
      level={{ label: "Fleet", sections: fleetNavigation() }}
      fallback="Fleet"
      remember={switchEnvironment}
    >
      {children}
    </ConsoleFrame>
  );
}
