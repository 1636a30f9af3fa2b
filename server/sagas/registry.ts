import type { SagaName } from "./catalog";
import { deleteEnvironment } from "./delete-environment";
import { applyAccess } from "./apply-access";
import { applyLimits } from "./apply-limits";
import { createPool } from "./create-pool";
import { destroyDatabase } from "./destroy-database";
import { installInPool } from "./install-in-pool";
import { installPackage } from "./install-package";
import { issueCredential } from "./issue-credential";
import { openCluster } from "./open-cluster";
import { provisionEnvironment } from "./provision-environment";
import { reconcile } from "./reconcile";
import { removePool } from "./remove-pool";
import { retireCredential } from "./retire-credential";
import { rotateCredential } from "./rotate-credential";
import type { Saga } from "./saga";
import { sendInvitation } from "./send-invitation";

// A saga only ever gets the input of its own name; the map forgets which that is.
const anySaga = (saga: { name: SagaName }) => saga as Saga;

/** Every saga that this version can run, by name. */
export const sagaRegistry: ReadonlyMap<string, Saga> = new Map(
  [
    provisionEnvironment,
    deleteEnvironment,
    applyAccess,
    applyLimits,
    issueCredential,
    rotateCredential,
    retireCredential,
    openCluster,
    createPool,
    installInPool,
    removePool,
    destroyDatabase,
    installPackage,
    sendInvitation,
    reconcile,
  ].map((saga) => [saga.name, anySaga(saga)]),
);
