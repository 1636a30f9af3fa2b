"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";

import { IconButton } from "./icon-button";
import { useHydrated } from "./use-hydrated";

const themes = [
  { name: "system", icon: <Monitor /> },
  { name: "light", icon: <Sun /> },
  { name: "dark", icon: <Moon /> },
] as const;

/** Steps through system, light and dark. */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  const index = hydrated
    ? Math.max(
        0,
        themes.findIndex((entry) => entry.name === theme),
      )
    : 0;
  const current = themes[index] ?? themes[0];
  const next = themes[(index + 1) % themes.length] ?? themes[0];
  return (
    <IconButton
      label={`Theme: ${current.name}. Switch to ${next.name}`}
      icon={current.icon}
      side="bottom"
      onClick={() => setTheme(next.name)}
    />
  );
}
