import type { Executor } from "./executor-process";
import type { Job } from "./lanes";
import type { Scheduling } from "./scheduling";

const isIdle = ({ isReady, running }: Executor) => isReady && running === null;

/** The best executor that is free for a job: its own, or one that has the database open and is nobody's. */
export function chooseExecutor({ pool, lanes }: Scheduling, job: Job): Executor | undefined {
  if (job.executor) return isIdle(job.executor) ? job.executor : undefined;
  let owned = 0;
  for (const { owner } of pool.executors) if (owner === job.database) owned += 1;
  let best: Executor | undefined;
  let bestRank = 0;
  for (const executor of pool.executors) {
    if (!isIdle(executor)) continue;
    const rank = rankOf(executor, job, owned < lanes.abreast);
    const isEmptier = best !== undefined && executor.databases.size < best.databases.size;
    if (rank > bestRank || (rank > 0 && rank === bestRank && isEmptier)) [best, bestRank] = [executor, rank];
  }
  return best;
}

/** 0: not at all. A database that holds as many executors as it may share has to make do with those. */
function rankOf(executor: Executor, { database, stream }: Job, mayTakeMore: boolean): number {
  if (executor.owner !== null) return executor.owner === database ? 1 : 0;
  if (!mayTakeMore) return 0;
  if (stream?.last === executor) return 4;
  return executor.databases.has(database) ? 3 : 2;
}
