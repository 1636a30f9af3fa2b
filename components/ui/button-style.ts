import { cn } from "./cn";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const base =
  "inline-flex min-w-0 shrink-0 select-none items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors [&_svg]:size-4 [&_svg]:shrink-0 aria-disabled:cursor-not-allowed";

const variants: Record<ButtonVariant, string> = {
  primary:
    "bg-ink text-paper hover:bg-ink/85 active:bg-ink/75 aria-disabled:bg-hover aria-disabled:text-faint",
  secondary:
    "border border-line-strong bg-panel text-ink hover:bg-hover active:bg-line aria-disabled:bg-panel aria-disabled:border-line aria-disabled:text-faint",
  ghost:
    "text-muted hover:bg-hover hover:text-ink active:bg-line aria-disabled:bg-transparent aria-disabled:text-faint",
  danger:
    "bg-red-fill text-[oklch(0.99_0_0)] hover:bg-red-fill/90 active:bg-red-fill/80 aria-disabled:bg-hover aria-disabled:text-faint",
};

const sizes: Record<ButtonSize, string> = {
  sm: "h-7 px-2 text-xs",
  md: "h-8 px-3 text-table",
  lg: "h-10 px-4 text-base",
};

const squares: Record<ButtonSize, string> = { sm: "size-7", md: "size-8", lg: "size-10" };

export interface ButtonStyle {
  variant?: ButtonVariant;
  size?: ButtonSize;
  square?: boolean;
}

/** The look that buttons and links dressed as buttons share. */
export function buttonStyle({ variant = "secondary", size = "md", square = false }: ButtonStyle) {
  return cn(base, variants[variant], square ? squares[size] : sizes[size]);
}
