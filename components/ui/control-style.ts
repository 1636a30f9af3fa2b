/** The look that text fields and select triggers share. Text is 16 px on touch screens, so that phones do not zoom. */
export const controlStyle =
  "w-full min-w-0 rounded-md border border-line-strong bg-panel text-base text-ink transition-colors placeholder:text-faint hover:border-faint focus-visible:border-accent focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent disabled:bg-sunken disabled:text-faint aria-invalid:border-red pointer-coarse:text-lg";
