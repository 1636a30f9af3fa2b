import { deleteEnvironment } from "./delete-environment";
import { provisionEnvironment } from "./provision-environment";
import { reconcile } from "./reconcile";
import type { Saga } from "./saga";
import { sendInvitation } from "./send-invitation";

/** Every saga that this version can run, by name. */
export const sagaRegistry: ReadonlyMap<string, Saga> = new Map(
  [provisionEnvironment, deleteEnvironment, sendInvitation, reconcile].map((saga) => [saga.name, saga as unknown as Saga]),
);
