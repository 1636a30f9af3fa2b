"use client";

import { Check, Copy } from "lucide-react";

import { Button } from "./button";
import type { ButtonSize, ButtonVariant } from "./button-style";
import { IconButton } from "./icon-button";
import { useCopy } from "./use-copy";

export interface CopyButtonProps {
  text: string;
  label?: string;
  /** Only the icon; the label becomes its tooltip. */
  iconOnly?: boolean;
  variant?: ButtonVariant;
  size?: ButtonSize;
}

export function CopyButton({
  text,
  label = "Copy",
  iconOnly = false,
  variant,
  size = "sm",
}: CopyButtonProps) {
  const { copied, copy } = useCopy(text);
  const icon = copied ? <Check className="text-green" /> : <Copy />;
  if (iconOnly) return <IconButton label={label} icon={icon} onClick={copy} variant={variant} size={size} />;
  return (
    <Button onClick={copy} variant={variant} size={size}>
      {icon}
      {copied ? "Copied" : label}
    </Button>
  );
}
