import { ShortcutSheet } from "@/components/ui/shortcut-sheet";

const groups = [
  {
    label: "Everywhere",
    shortcuts: [
      { keys: ["Mod", "K"], does: "Go to anything, do anything" },
      { keys: ["Mod", "B"], does: "Fold or unfold the navigation" },
      { keys: ["?"], does: "Show these shortcuts" },
    ],
  },
  {
    label: "In a list",
    shortcuts: [
      { keys: ["/"], does: "Search" },
      { keys: ["J"], does: "Next row" },
      { keys: ["K"], does: "Previous row" },
      { keys: ["Enter"], does: "Open the row" },
    ],
  },
];

/** What `?` shows. */
export function Shortcuts() {
  return <ShortcutSheet groups={groups} />;
}
