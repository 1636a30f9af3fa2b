"use client";

import { useState } from "react";

import { Dialog } from "./dialog";
import { Kbd } from "./kbd";
import { useShortcut } from "./use-shortcut";

export interface ShortcutGroup {
  label: string;
  shortcuts: readonly { keys: readonly string[]; does: string }[];
}

/** `?` shows which keys do what. */
export function ShortcutSheet({ groups }: { groups: readonly ShortcutGroup[] }) {
  const [open, setOpen] = useState(false);
  useShortcut({ key: "?", onPress: () => setOpen(true) });
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Keyboard shortcuts">
      {groups.map((group) => (
        <section key={group.label}>
          <h3 className="pb-1 text-xs text-faint">{group.label}</h3>
          <dl className="divide-y divide-line text-table">
            {group.shortcuts.map((shortcut) => (
              <div key={shortcut.does} className="flex items-center justify-between gap-4 py-1.5">
                <dt>{shortcut.does}</dt>
                <dd>
                  <Kbd keys={shortcut.keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
