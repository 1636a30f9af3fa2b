"use client";

import { lazy, Suspense, useEffect, useState } from "react";

import { onNotice } from "./notify";

const ToasterHost = lazy(async () => ({ default: (await import("./toaster-host")).ToasterHost }));

/** Mounted once; loads itself with the first notice. */
export function Toaster() {
  const [needed, setNeeded] = useState(false);
  useEffect(() => {
    if (!needed) return onNotice(() => setNeeded(true));
  }, [needed]);
  if (!needed) return null;
  return (
    <Suspense>
      <ToasterHost />
    </Suspense>
  );
}
