"use client";

import { useTheme } from "next-themes";
import { useEffect } from "react";
import { toast, Toaster } from "sonner";

import { onNotice, takeNotices } from "./notify";

function showWaiting() {
  for (const notice of takeNotices()) {
    const show = notice.tone === "error" ? toast.error : toast;
    show(notice.message, {
      description: notice.description,
      action: notice.action && { label: notice.action.label, onClick: notice.action.onPress },
    });
  }
}

const surface = {
  "--normal-bg": "var(--panel)",
  "--normal-border": "var(--line)",
  "--normal-text": "var(--ink)",
  "--border-radius": "6px",
  fontFamily: "inherit",
};

export function ToasterHost() {
  const { resolvedTheme } = useTheme();
  useEffect(() => onNotice(showWaiting), []);
  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      style={surface}
      toastOptions={{ classNames: { description: "text-muted!", title: "font-medium" } }}
    />
  );
}
