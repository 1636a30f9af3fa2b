import type { SagaName } from "./catalog";
import { deleteEnvironment } from "./delete-environment";
import { applyAccess } from "./apply-access";
import { destroyDatabase } from "./destroy-database";
import { installPackage } from "./install-package";
import { issueCredential } from "./issue-credential";
import { openCluster } from "./open-cluster";
import { provisionEnvironment } from "./provision-environment";
import { reconcile } from "./reconcile";
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
    issueCredential,
    rotateCredential,
    retireCredential,
    openCluster,
    destroyDatabase,
    installPackage,
    sendInvitation,
    reconcile,
  ].map((saga) => [saga.name, anySaga(saga)]),
);
