"use client";

import { ArrowDown, ArrowUp, Pencil, Trash2 } from "lucide-react";
import { useRef, type KeyboardEvent } from "react";
import { paths } from "@/components/paths";
import { cn } from "@/components/ui/cn";
import { FormError } from "@/components/ui/form-error";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { Switch } from "@/components/ui/switch";
import { TextLink } from "@/components/ui/text-link";
import { matchWords, targetWords, type Rule } from "./placement-words";
import { useRules } from "./use-rules";

interface RuleListProps {
  rules: readonly Rule[];
  onEdit: (rule: Rule) => void;
  onRemove: (rule: Rule) => void;
}

/** The rules as a list that can be reordered by button and with Alt and the arrow keys. */
export function RuleList({ rules, onEdit, onRemove }: RuleListProps) {
  const { shown, move, setEnabled, refusal } = useRules(rules);
  const list = useRef<HTMLOListElement>(null);

  function moveAndFollow(rule: Rule, by: -1 | 1) {
    const held = document.activeElement;
    if (!move(rule, by)) return;
    // Its row is put elsewhere in the document, which takes the focus off it.
    requestAnimationFrame(() => {
      const inRow = list.current?.contains(held) && held instanceof HTMLElement;
      if (inRow) held.focus();
    });
  }

  return (
    <>
      <ol ref={list} className="divide-y divide-line">
        {shown.map((rule, index) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            position={index + 1}
            last={index === shown.length - 1}
            onMove={(by) => moveAndFollow(rule, by)}
            onEnable={(isEnabled) => setEnabled(rule, isEnabled)}
            onEdit={() => onEdit(rule)}
            onRemove={() => onRemove(rule)}
          />
        ))}
      </ol>
      {refusal && (
        <div className="border-t border-line p-4">
          <FormError {...refusal} />
        </div>
      )}
    </>
  );
}

interface RuleRowProps {
  rule: Rule;
  position: number;
  last: boolean;
  onMove: (by: -1 | 1) => void;
  onEnable: (isEnabled: boolean) => void;
  onEdit: () => void;
  onRemove: () => void;
}

function RuleRow({ rule, position, last, ...on }: RuleRowProps) {
  function press(event: KeyboardEvent) {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    on.onMove(event.key === "ArrowUp" ? -1 : 1);
  }
  return (
    <li
      aria-label={rule.name}
      className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-sunken"
    >
      <span className="w-5 shrink-0 self-start pt-px text-right text-table text-faint tabular-nums">
        {position}
      </span>
      <RuleWords rule={rule} />
      <span className="ml-auto flex items-center gap-1">
        <Switch
          aria-label={`Use ${rule.name}`}
          checked={rule.isEnabled}
          onKeyDown={press}
          onChange={(event) => on.onEnable(event.target.checked)}
          className="mr-1.5"
        />
        <IconButton
          size="sm"
          label={`Move ${rule.name} up (Alt ↑)`}
          icon={<ArrowUp />}
          aria-disabled={position === 1 || undefined}
          onKeyDown={press}
          onClick={() => on.onMove(-1)}
        />
        <IconButton
          size="sm"
          label={`Move ${rule.name} down (Alt ↓)`}
          icon={<ArrowDown />}
          aria-disabled={last || undefined}
          onKeyDown={press}
          onClick={() => on.onMove(1)}
        />
        <Menu
          size="sm"
          label={`Actions for ${rule.name}`}
          items={[
            { label: "Edit", icon: <Pencil />, onSelect: on.onEdit },
            { label: "Remove", icon: <Trash2 />, danger: true, onSelect: on.onRemove },
          ]}
        />
      </span>
    </li>
  );
}

function RuleWords({ rule }: { rule: Rule }) {
  return (
    <span className={cn("min-w-0 flex-1 basis-60 text-table", !rule.isEnabled && "text-faint")}>
      <bdi className={cn("block truncate font-medium", !rule.isEnabled && "line-through")} title={rule.name}>
        {rule.name}
      </bdi>
      <span className={rule.isEnabled ? "text-muted" : undefined}>
        {matchWords(rule)}
        <span aria-hidden="true"> → </span>
        <span className="sr-only"> lead to </span>
        {rule.cluster ? (
          <TextLink href={paths.fleetCluster(rule.cluster.id)} className="font-mono text-xs">
            {rule.cluster.slug}
          </TextLink>
        ) : (
          targetWords(rule)
        )}
        {!rule.isEnabled && " · switched off"}
      </span>
    </span>
  );
}
