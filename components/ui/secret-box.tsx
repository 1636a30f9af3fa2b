"use client";

import { Download } from "lucide-react";
import { useState } from "react";

import { Button } from "./button";
import { CopyButton } from "./copy-button";

export interface SecretBoxProps {
  /** The material itself. */
  secret: string;
  /** What it is: "Connection URL". */
  label: string;
  /** Where it is gone afterwards: "Freehold keeps only a sealed copy; it is not shown again." */
  note: string;
  /** Name of the file that download makes. */
  fileName: string;
}

function save(text: string, fileName: string) {
  const url = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

/** A secret, shown once. */
export function SecretBox({ secret, label, note, fileName }: SecretBoxProps) {
  const [saved, setSaved] = useState(false);
  function download() {
    save(secret, fileName);
    setSaved(true);
  }
  return (
    <div className="min-w-0 rounded-md border border-amber/40 bg-amber-soft">
      <div className="px-3 pt-2.5 text-xs font-medium text-amber">{label}</div>
      <code dir="ltr" className="block px-3 py-2 text-table break-all text-ink select-all">
        {secret}
      </code>
      <div className="flex flex-wrap items-center justify-between gap-2 border-t border-amber/25 px-3 py-2">
        <span className="min-w-0 flex-1 basis-44 text-xs text-muted">{note}</span>
        <span className="flex gap-2">
          <CopyButton text={secret} />
          <Button size="sm" onClick={download}>
            <Download />
            {saved ? "Downloaded" : "Download"}
          </Button>
        </span>
      </div>
    </div>
  );
}
