import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { paths } from "@/components/paths";
import { AppFrame } from "@/components/shell/app-frame";
import type { NavSection } from "@/components/shell/nav-items";
import { NavSheet } from "@/components/shell/nav-sheet";
import { navCookie, navFolded } from "@/components/shell/nav-state";
import { SideNav } from "@/components/shell/side-nav";
import { TopBar } from "@/components/shell/top-bar";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import type { EnvironmentType } from "@/server/domain/environments/names";
import { ConsolePalette } from "./console-palette";
import { ConsoleSwitcher, type SwitchEnvironment } from "./console-switcher";
import { earlyPressScript } from "./early-press";
import type { Person } from "./person";
import { PersonMenu } from "./person-menu";
import { Running } from "./running";
import { Shortcuts } from "./shortcuts";

export interface ConsoleFrameProps {
  person: Person;
  /** The level's name and its navigation; without it the page has the whole width. */
  level?: { label: string; sections: NavSection[] };
  organization?: { slug: string; name: string };
  environment?: { slug: string; name: string; envType: EnvironmentType };
  /** Stands in the switcher where there is no organization. */
  fallback?: string;
  remember: SwitchEnvironment;
  children: ReactNode;
}

/** The frame of every page behind sign-in: switcher, palette, operations, person, navigation of the level. */
export async function ConsoleFrame({
  person,
  level,
  organization,
  environment,
  fallback,
  remember,
  children,
}: ConsoleFrameProps) {
  const folded = (await cookies()).get(navCookie)?.value === navFolded;
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <AppFrame
      production={environment?.envType === "production"}
      top={
        <TopBar
          homeHref={paths.home()}
          navigation={level && <NavSheet label={level.label} sections={level.sections} />}
          switcher={
            <ConsoleSwitcher
              organization={organization ?? null}
              environment={environment ?? null}
              {...(fallback ? { fallback } : {})}
              remember={remember}
            />
          }
        >
          <script
            nonce={nonce}
            suppressHydrationWarning
            dangerouslySetInnerHTML={{ __html: earlyPressScript }}
          />
          <ConsolePalette
            isOperator={person.isOperator}
            organization={organization?.slug ?? null}
            environment={environment?.slug ?? null}
          />
          <Running />
          <ThemeToggle />
          <PersonMenu person={person} />
        </TopBar>
      }
      side={level && <SideNav label={level.label} sections={level.sections} defaultFolded={folded} />}
    >
      {children}
      <Shortcuts />
    </AppFrame>
  );
}
