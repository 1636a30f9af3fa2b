"use client";

import { useEffect, useRef, useState } from "react";

/** How wide its place is, and a number that changes with the theme, so that the picture is drawn anew. */
export function useMapSurface() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [theme, setTheme] = useState(0);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const sizes = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    sizes.observe(element);
    const themes = new MutationObserver(() => setTheme((count) => count + 1));
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    return () => {
      sizes.disconnect();
      themes.disconnect();
    };
  }, []);

  return { frame, width, theme };
}

/** An empty canvas at the density of the screen, scaled so that one unit is one CSS pixel; null where there is none. */
export function prepareCanvas(
  canvas: HTMLCanvasElement | null,
  { width, height }: { width: number; height: number },
) {
  const context = canvas?.getContext("2d") ?? null;
  if (!canvas || !context || width === 0) return null;
  const density = Math.min(window.devicePixelRatio || 1, 3);
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  context.scale(density, density);
  return context;
}
