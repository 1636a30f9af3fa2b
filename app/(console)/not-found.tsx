import { ConsolePalette } from "@/components/console/console-palette";
import { NothingHere } from "@/components/console/nothing-here";
import { PersonMenu } from "@/components/console/person-menu";
import { paths } from "@/components/paths";
import { AppFrame } from "@/components/shell/app-frame";
import { TopBar } from "@/components/shell/top-bar";
import { Kbd } from "@/components/ui/kbd";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { requirePerson } from "@/app/(console)/gate";

export default async function NotFound() {
  const person = await requirePerson();
  return (
    <AppFrame
      top={
        <TopBar homeHref={paths.home()}>
          <ConsolePalette isOperator={person.isOperator} organization={null} environment={null} />
          <ThemeToggle />
          <PersonMenu person={person} />
        </TopBar>
      }
    >
      <NothingHere>
        <Kbd keys={["Mod", "K"]} /> finds everything that is yours by name.
      </NothingHere>
    </AppFrame>
  );
}
