import type { EnvironmentId } from "@/server/kernel/ids";
import type { AccessBook } from "./access";
import { admit, isRefusal } from "./admit";
import type { Scheduler } from "./scheduler";
import type { Stream } from "./streams";

/** Ends the streams of a tenant whose token opens its database no more, whatever they are doing. */
export function recheck(
  book: AccessBook,
  scheduler: Scheduler,
  tenant: EnvironmentId | "all",
): Promise<unknown> {
  const concerned = [...scheduler.streams.all()].filter(
    ({ access }) => tenant === "all" || access.tenant === tenant,
  );
  return Promise.all(concerned.map((stream) => recheckOne(book, scheduler, stream)));
}

async function recheckOne(book: AccessBook, scheduler: Scheduler, stream: Stream): Promise<void> {
  const { databaseName } = stream.access;
  try {
    const access = await admit(book, stream.target, stream.token);
    if (access.databaseName === databaseName) stream.access = access;
    else scheduler.forget(databaseName);
  } catch (error) {
    if (!isRefusal(error)) return;
    scheduler.end(stream, error);
    scheduler.forget(databaseName);
  }
}
