export interface MarkProps {
  className?: string;
  /** Names it where it stands alone; otherwise it is decoration. */
  title?: string;
}

/** A plot of land seen from above. */
export function Mark({ className = "size-5", title }: MarkProps) {
  return (
    <svg
      viewBox="0 0 20 20"
      className={className}
      role={title ? "img" : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
    >
      <path d="M10 1.75h6A2.25 2.25 0 0 1 18.25 4v6H10z" fill="currentColor" />
      <path
        d="M4 1.75h12A2.25 2.25 0 0 1 18.25 4v12A2.25 2.25 0 0 1 16 18.25H4A2.25 2.25 0 0 1 1.75 16V4A2.25 2.25 0 0 1 4 1.75ZM10 1.75v16.5M1.75 10h16.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}
