import type { FormEvent, ReactNode } from "react";

interface FormPageProps {
  onSubmit: (event: FormEvent) => Promise<unknown>;
  autoComplete?: "off";
  /** What the button will do; it stays in sight. */
  summary: ReactNode;
  children: ReactNode;
}

/** The questions of a form that has a page to itself, with what comes of the answers beside them. */
export function FormPage({ onSubmit, summary, children, ...props }: FormPageProps) {
  return (
    <form
      {...props}
      method="post"
      noValidate
      onSubmit={(event) => void onSubmit(event)}
      className="grid min-w-0 items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,40rem)_minmax(0,20rem)]"
    >
      {children}
      <div className="min-w-0 lg:sticky lg:top-[4.5rem]">{summary}</div>
    </form>
  );
}
