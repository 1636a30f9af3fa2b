"use client";

import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { Rule } from "./placement-words";
import { RemoveRule } from "./remove-rule";
import { RuleList } from "./rule-list";

const RuleDialog = lazy(async () => ({ default: (await import("./rule-dialog")).RuleDialog }));

/** The rules in their order, and what changes them. */
export function RulePanel({ rules }: { rules: readonly Rule[] }) {
  const [editing, setEditing] = useState<{ round: number; rule: Rule | null; open: boolean } | null>(null);
  const [removing, setRemoving] = useState<Rule | null>(null);
  const edit = (rule: Rule | null) => setEditing({ round: (editing?.round ?? 0) + 1, rule, open: true });
  return (
    <Panel
      title="Rules"
      description="Asked from the first to the last. The first that matches and leads to a cluster or pool with room decides."
      action={<Button onClick={() => edit(null)}>Add rule</Button>}
      flush
    >
      {rules.length > 0 ? (
        <RuleList rules={rules} onEdit={edit} onRemove={setRemoving} />
      ) : (
        <p className="px-4 py-3 text-table text-muted">
          No rule yet: the preset decides alone. Add one to send some environments elsewhere.
        </p>
      )}
      {editing && (
        <Suspense>
          <RuleDialog
            key={editing.round}
            rule={editing.rule}
            open={editing.open}
            onOpenChange={(open) => setEditing({ ...editing, open })}
          />
        </Suspense>
      )}
      <RemoveRule rule={removing} onClose={() => setRemoving(null)} />
    </Panel>
  );
}
