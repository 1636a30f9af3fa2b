import type { Tone } from "@/components/ui/tone";
import type { EnvironmentStatus } from "@/server/domain/environments/names";
import type { Box, Estate } from "./map-layout";
import type { Lot } from "./map-lots";
import type { MapTile } from "./map-tiles";

export const statusTone: Record<EnvironmentStatus, Tone> = {
  active: "green",
  provisioning: "amber",
  moving: "amber",
  deleting: "amber",
  failed: "red",
  suspended: "grey",
  archived: "grey",
  deleted: "grey",
};

/** Colours of the theme that is on, as the canvas takes them. */
export interface MapTheme {
  solid: Record<Tone, string>;
  soft: Record<Tone, string>;
  ink: string;
  muted: string;
  lineStrong: string;
  panel: string;
  accent: string;
  font: string;
}

export function readTheme(element: Element): MapTheme {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    solid: {
      green: colour("dot-green"),
      amber: colour("dot-amber"),
      red: colour("dot-red"),
      grey: colour("dot-grey"),
      blue: colour("dot-blue"),
    },
    soft: {
      green: colour("green-soft"),
      amber: colour("amber-soft"),
      red: colour("red-soft"),
      grey: colour("hover"),
      blue: colour("accent-soft"),
    },
    ink: colour("ink"),
    muted: colour("muted"),
    lineStrong: colour("line-strong"),
    panel: colour("panel"),
    accent: colour("accent"),
    font: style.fontFamily,
  };
}

export type Context = CanvasRenderingContext2D;

/** Below this size a plot is one plain patch; above it has an edge and room for its name. */
const roomy = 12;

function isSmall(box: Box): boolean {
  return Math.min(box.width, box.height) < roomy;
}

/** Draws everything, so that thousands at work stay quiet beside the few that are not; plots that `faded` names stand back. */
export function paintMap(
  context: Context,
  lots: readonly Lot<MapTile>[],
  theme: MapTheme,
  faded: (tile: MapTile) => boolean,
): void {
  for (const lot of lots) {
    if (lot.header > 0) paintLot(context, lot, theme);
    for (const estate of lot.estates) paintEstate(context, estate, theme, faded);
  }
}

function paintEstate(
  context: Context,
  estate: Estate<MapTile>,
  theme: MapTheme,
  faded: (tile: MapTile) => boolean,
): void {
  if (estate.header > 0) paintHeader(context, estate, theme);
  for (const plot of estate.plots) {
    const calm = plot.tile.status === "active" && isSmall(plot) ? 0.6 : 1;
    context.globalAlpha = faded(plot.tile) ? 0.14 : calm;
    paintPlot(context, plot, plot.tile, theme);
  }
  context.globalAlpha = 1;
}

/** The name of a cluster and how many databases it holds, on a line as wide as its land. */
function paintLot(context: Context, lot: Lot<MapTile>, theme: MapTheme): void {
  const baseline = lot.y + lot.header / 2 - 1;
  const count = lot.count.toLocaleString("en-GB");
  context.textBaseline = "middle";
  context.font = `11px ${theme.font}`;
  const room = lot.width - context.measureText(count).width - 18;
  context.fillStyle = theme.muted;
  context.textAlign = "right";
  context.fillText(count, lot.x + lot.width - 4, baseline);
  context.textAlign = "left";
  context.font = `500 12px ${theme.font}`;
  context.fillStyle = theme.ink;
  context.fillText(fitted(context, lot.cluster, room), lot.x + 4, baseline);
  context.fillStyle = theme.lineStrong;
  context.fillRect(lot.x, lot.y + lot.header - 4, lot.width, 1);
}

function paintHeader(context: Context, estate: Estate<MapTile>, theme: MapTheme): void {
  context.fillStyle = theme.muted;
  context.font = `500 11px ${theme.font}`;
  context.textBaseline = "middle";
  context.fillText(
    fitted(context, estate.organization, estate.width - 8),
    estate.x + 4,
    estate.y + estate.header / 2 + 1,
  );
}

function paintPlot(context: Context, box: Box, tile: MapTile, theme: MapTheme): void {
  const tone = statusTone[tile.status];
  const hollow = tile.status === "archived";
  if (isSmall(box)) {
    context.fillStyle = theme.solid[tone];
    context.fillRect(box.x, box.y, box.width, box.height);
    if (!hollow || Math.min(box.width, box.height) < 4) return;
    context.fillStyle = theme.panel;
    context.fillRect(box.x + 1, box.y + 1, box.width - 2, box.height - 2);
    return;
  }
  context.beginPath();
  context.roundRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1, 3);
  context.fillStyle = hollow ? theme.panel : theme.soft[tone];
  context.fill();
  context.strokeStyle = theme.solid[tone];
  context.lineWidth = 1;
  context.stroke();
  paintName(context, box, tile, theme);
}

function paintName(context: Context, box: Box, tile: MapTile, theme: MapTheme): void {
  if (box.width < 54 || box.height < 22) {
    paintDot(context, box.x + box.width / 2, box.y + box.height / 2, theme.solid[statusTone[tile.status]]);
    return;
  }
  paintDot(context, box.x + 11, box.y + 12, theme.solid[statusTone[tile.status]]);
  context.fillStyle = theme.ink;
  context.font = `12px ${theme.font}`;
  context.textBaseline = "middle";
  context.fillText(fitted(context, tile.environment, box.width - 26), box.x + 19, box.y + 12.5);
}

function paintDot(context: Context, x: number, y: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, 3, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

/** The text, or as much of it as has room. */
function fitted(context: Context, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 0 && context.measureText(`${text.slice(0, end)}…`).width > room) end--;
  return end > 0 ? `${text.slice(0, end)}…` : "";
}

/** An edge around the plot that is pointed at or chosen. */
export function paintOutline(context: Context, box: Box, colour: string, width: number): void {
  context.beginPath();
  context.roundRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1, isSmall(box) ? 1 : 4);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
