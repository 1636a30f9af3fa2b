import { useEffect } from "react";
import { digestOf } from "./digest";

const askMs = 1000;
/** A page that breaks again sooner is broken by itself, and stays as it is. */
const onceInMs = 60_000;
const kept = "freehold.recovered-at";

/**
 * What breaks in the browser alone breaks most often because the server was away while the page
 * was loading. Loads the page anew when the server answers again.
 */
export function useRecovery(error: unknown): void {
  const isOfServer = digestOf(error) !== undefined;
  useEffect(() => {
    if (isOfServer || Date.now() - Number(sessionStorage.getItem(kept)) < onceInMs) return;
    let isAsking = false;
    const timer = setInterval(() => {
      if (isAsking) return;
      isAsking = true;
      void isThere().then((answers) => {
        isAsking = false;
        if (answers) reload();
      });
    }, askMs);
    return () => clearInterval(timer);
  }, [isOfServer]);
}

async function isThere(): Promise<boolean> {
  try {
    return (await fetch("/api/health/ready", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function reload(): void {
  sessionStorage.setItem(kept, String(Date.now()));
  location.reload();
}
