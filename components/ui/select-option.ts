import type { ReactNode } from "react";

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: string;
  /** One line below the label. */
  description?: string;
  /** Before the label: an icon or a pill. */
  icon?: ReactNode;
  /** Why it cannot be chosen; it stays visible. */
  disabledReason?: string;
}
