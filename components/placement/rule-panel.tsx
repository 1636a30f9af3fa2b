"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/dialog-on-demand";
import { Panel } from "@/components/ui/panel";
import type { Rule } from "./placement-words";
import { RemoveRule } from "./remove-rule";
import { RuleList } from "./rule-list";

const RuleDialog = dialogOnDemand(async () => (await import("./rule-dialog")).RuleDialog);

/** The rules in their order, and what changes them. */
export function RulePanel({ rules }: { rules: readonly Rule[] }) {
  const [editing, setEditing] = useState<{ rule: Rule | null; open: boolean }>({ rule: null, open: false });
  const [removing, setRemoving] = useState<Rule | null>(null);
  const edit = (rule: Rule | null) => setEditing({ rule, open: true });
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
      <RuleDialog {...editing} onOpenChange={(open) => setEditing({ ...editing, open })} />
      <RemoveRule rule={removing} onClose={() => setRemoving(null)} />
    </Panel>
  );
}
