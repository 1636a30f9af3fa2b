"use client";

let region: HTMLElement | undefined;

function liveRegion() {
  if (region?.isConnected) return region;
  region = document.createElement("div");
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  region.className = "sr-only";
  document.body.append(region);
  return region;
}

/** Tells a screen reader what changed without moving focus. */
export function announce(message: string) {
  const target = liveRegion();
  target.textContent = "";
  requestAnimationFrame(() => {
    target.textContent = message;
  });
}
