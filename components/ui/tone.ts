/** What a colour means: green at work, amber moving or needs attention, red failed, grey at rest, blue selected or new. */
export type Tone = "green" | "amber" | "red" | "grey" | "blue";
