"use client";

import { CodeBlock } from "@/components/ui/code-block";
import { Tabs } from "@/components/ui/tabs";
import { snippetsFor, type Access, type Snippet } from "./snippets";

/** Programs that use the credential, with the real values in them. */
export function SnippetTabs({ access }: { access: Access }) {
  return (
    <section aria-label="Use it" className="flex min-w-0 flex-col gap-2">
      <h3 className="text-base font-medium">Use it</h3>
      <Tabs
        label="Client"
        items={snippetsFor(access).map((snippet) => ({
          value: snippet.id,
          label: snippet.id,
          content: <SnippetView snippet={snippet} />,
        }))}
      />
    </section>
  );
}

function SnippetView({ snippet: { file, install, code } }: { snippet: Snippet }) {
  return (
    <div className="flex min-w-0 flex-col gap-2 pt-3">
      {install && <CodeBlock inline code={`${install} && node ${file}`} />}
      <CodeBlock title={file} code={code} />
    </div>
  );
}
