"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { useState } from "react";
import { unreachable } from "@/components/api/explain";
import { authRequest } from "@/components/auth/auth-request";
import { paths } from "@/components/paths";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { FormError } from "@/components/ui/form-error";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { describeDevice } from "./device";
import { SessionsError, sessionsQuery, type Session } from "./sessions";

/** Posts and throws what went wrong as a sentence. */
async function post(path: string, body: unknown): Promise<void> {
  const outcome = await authRequest(path, body);
  if (!outcome.ok) throw new Error(outcome.message);
}

function useEnd(path: string, onEnded?: () => void) {
  const queryClient = useQueryClient();
  return useMutation<void, Error, unknown>({
    mutationFn: (body) => post(path, body),
    onSuccess: async () => {
      await queryClient.invalidateQueries(sessionsQuery);
      onEnded?.();
    },
  });
}

/** Where this person is signed in, and the way out of each. */
export function SessionList() {
  const query = useQuery(sessionsQuery);
  const [asking, setAsking] = useState(false);
  const endOthers = useEnd("/revoke-other-sessions", () => setAsking(false));
  const sessions = query.data ?? [];
  const others = sessions.filter((session) => !session.isCurrent).length;
  return (
    <Panel
      title="Sessions"
      description="Where you are signed in. A session that you end is refused within two seconds."
      action={
        query.isSuccess && (
          <Button
            size="sm"
            onClick={() => setAsking(true)}
            disabledReason={others === 0 ? "You are signed in here only" : null}
          >
            Sign out everywhere else
          </Button>
        )
      }
      flush
    >
      {query.isPending ? (
        <SessionSkeleton />
      ) : query.isError ? (
        <Unavailable error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Sessions sessions={sessions} />
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere else"
        reversal="You stay signed in here, and can sign in again anywhere."
        confirmLabel="Sign out everywhere else"
        busyLabel="Signing out…"
        busy={endOthers.isPending}
        danger={false}
        error={endOthers.error ? { message: endOthers.error.message } : null}
        onConfirm={() => endOthers.mutate({})}
      >
        {others === 1 ? "Your other session ends" : `Your ${others} other sessions end`}, and whoever uses{" "}
        {others === 1 ? "it" : "them"} has to sign in.
      </ConfirmDialog>
    </Panel>
  );
}

function Sessions({ sessions }: { sessions: readonly Session[] }) {
  return (
    <ul className="divide-y divide-line">
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </ul>
  );
}

function SessionRow({ session }: { session: Session }) {
  const end = useEnd("/revoke-session");
  const { words, isHandheld } = describeDevice(session.userAgent);
  const Icon = isHandheld ? Smartphone : Monitor;
  return (
    <li className="px-4 py-3">
      <div className="flex items-center gap-3">
        <Icon aria-hidden="true" className="size-4 shrink-0 text-faint" />
        <div className="min-w-0 flex-1 text-table">
          <div className="flex flex-wrap items-center gap-x-2" title={session.userAgent ?? undefined}>
            <span className="font-medium">{words}</span>
            {session.isCurrent && <Badge tone="blue">this one</Badge>}
          </div>
          <div className="text-xs text-faint">
            Signed in <Time value={session.createdAt} />
            {session.ipAddress && <> from {session.ipAddress}</>}, ends <Time value={session.expiresAt} />
          </div>
        </div>
        {!session.isCurrent && (
          <Button
            size="sm"
            aria-label={`End the session of ${words}`}
            loading={end.isPending}
            loadingLabel="Ending…"
            onClick={() => end.mutate({ token: session.token })}
          >
            End
          </Button>
        )}
      </div>
      {end.error && (
        <div className="pt-2">
          <FormError message={end.error.message} />
        </div>
      )}
    </li>
  );
}

function SessionSkeleton() {
  return (
    <div className="flex h-[60px] items-center gap-3 px-4">
      <Skeleton className="size-4" />
      <div className="flex flex-col gap-2">
        <Skeleton className="h-3 w-32" />
        <Skeleton className="h-2.5 w-52" />
      </div>
    </div>
  );
}

function Unavailable({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (!(error instanceof SessionsError && error.isStale)) {
    return (
      <ErrorState title="The sessions could not be loaded" onRetry={onRetry}>
        {error instanceof SessionsError ? error.message : unreachable}
      </ErrorState>
    );
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-table">
      <p className="min-w-0 flex-1 basis-64 text-muted">
        You signed in here more than a day ago. Sign in again to see and end your sessions.
      </p>
      <LinkButton size="sm" href={paths.signIn(paths.account())}>
        Sign in again
      </LinkButton>
    </div>
  );
}
