"use client";

import { startTransition, useEffect, useState } from "react";

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
      if (controller.signal.aborted) return;
      // A long list is drawn in slices, so that the next key does not wait for it.
      startTransition(() => setAnswer({ query, result, failed: result === null }));
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
    /** What `result` answers: while one types, that is not yet `query`. */
    answered: answer?.query ?? "",
    pending: search !== null && !current,
    failed: search !== null && current && answer.failed,
  };
}
