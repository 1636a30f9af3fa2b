"use client";

import { useState } from "react";

/** True from the first opening on: what is loaded on demand stays mounted to animate its closing. */
export function useEverOpen(open: boolean) {
  const [ever, setEver] = useState(open);
  if (open && !ever) setEver(true);
  return ever || open;
}
