import { clsx, type ClassValue } from "clsx";

/** Joins class names. It does not resolve conflicts: a `className` prop places a component, it does not restyle it. */
export function cn(...values: ClassValue[]) {
  return clsx(values);
}
