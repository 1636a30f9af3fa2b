import type { SagaName } from "./catalog";
import { deleteEnvironment } from "./delete-environment";
import { provisionEnvironment } from "./provision-environment";
import { reconcile } from "./reconcile";
import type { Saga } from "./saga";
import { sendInvitation } from "./send-invitation";

// A saga only ever gets the input of its own name; the map forgets which that is.
const anySaga = (saga: { name: SagaName }) => saga as Saga;

/** Every saga that this version can run, by name. */
export const sagaRegistry: ReadonlyMap<string, Saga> = new Map(
  [provisionEnvironment, deleteEnvironment, sendInvitation, reconcile].map((saga) => [
    saga.name,
    anySaga(saga),
  ]),
);
