import { CopyButton } from "./copy-button";

export interface CodeBlockProps {
  code: string;
  /** Names it: a file, a language, "Shell". */
  title?: string;
  /** One line without a title: a command. */
  inline?: boolean;
}

/** Code or a command in mono, with copy. */
export function CodeBlock({ code, title, inline = false }: CodeBlockProps) {
  if (inline) {
    return (
      <div
        dir="ltr"
        className="flex h-9 max-w-full min-w-0 items-center gap-1 rounded-md border border-line bg-sunken pr-1 pl-3 text-left"
      >
        <code
          tabIndex={0}
          className="min-w-0 flex-1 overflow-x-auto py-1 text-xs whitespace-pre [scrollbar-width:none]"
        >
          {code}
        </code>
        <CopyButton iconOnly text={code} label="Copy command" variant="ghost" />
      </div>
    );
  }
  return (
    <figure
      dir="ltr"
      className="max-w-full min-w-0 overflow-hidden rounded-md border border-line bg-sunken text-left"
    >
      <figcaption className="flex h-9 items-center justify-between border-b border-line pr-1 pl-3 text-xs text-muted">
        <span className="truncate">{title ?? "Code"}</span>
        <CopyButton iconOnly text={code} label={`Copy ${title ?? "code"}`} variant="ghost" />
      </figcaption>
      <pre tabIndex={0} className="max-h-96 overflow-auto p-3 text-xs">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
