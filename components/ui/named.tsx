import type { ReactNode } from "react";

export interface NamedProps {
  label: string;
  children: ReactNode;
}

/** Shows its children, reads as the label: for a picture, initials, or a name too short to stand alone. */
export function Named({ label, children }: NamedProps) {
  return (
    <>
      <span className="sr-only">{label}</span>
      <span aria-hidden="true" className="contents">
        {children}
      </span>
    </>
  );
}
