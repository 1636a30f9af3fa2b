import { useState } from "react";

/**
 * How often a dialog has been opened: nothing to load at 0, and as its key it makes each opening
 * fresh while the closing one keeps what it shows.
 */
export function useRound(open: boolean): number {
  const [round, setRound] = useState(0);
  const [wasOpen, setWasOpen] = useState(false);
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setRound(round + 1);
  }
  return round;
}
