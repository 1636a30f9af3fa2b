"use client";

import { useEffect, useState } from "react";

const PAUSE = 150;

export type Search<Result> = (query: string, signal: AbortSignal) => Promise<Result>;

interface Answer<Result> {
  query: string;
  result: Result | null;
  failed: boolean;
}

/** Asks the server after a pause in typing and keeps the last answer until the next one is there. */
export function useSearch<Result>(query: string, search: Search<Result> | null) {
  const [answer, setAnswer] = useState<Answer<Result> | null>(null);
  useEffect(() => {
    if (!search) return;
    const controller = new AbortController();
    const settle = (result: Result | null) => {
      if (!controller.signal.aborted) setAnswer({ query, result, failed: result === null });
    };
    const timer = setTimeout(
      () => {
        search(query, controller.signal).then(settle, () => settle(null));
      },
      query === "" ? 0 : PAUSE,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [query, search]);
  const current = answer?.query === query;
  return {
    result: search ? (answer?.result ?? null) : null,
    pending: search !== null && !current,
    failed: search !== null && current && answer.failed,
  };
}
