/** What a colour means: green at work, amber moving or needs attention, red failed, grey at rest, blue selected or new. */
export type Tone = "green" | "amber" | "red" | "grey" | "blue";

export const toneDot: Record<Tone, string> = {
  green: "bg-dot-green",
  amber: "bg-dot-amber",
  red: "bg-dot-red",
  grey: "bg-dot-grey",
  blue: "bg-dot-blue",
};
