// Every place where a process may be killed. `name@n` is the n-th time that it gets there.

const steps = {
  "provision-environment": {
    effects: ["create-database", "verify-database", "seal-credential", "install-credential"],
    commits: ["activate"],
    times: 4,
  },
  "issue-credential": {
    effects: ["seal-credential", "install-credential", "verify-credential"],
    commits: ["activate-credential"],
    times: 1,
  },
  "rotate-credential": {
    effects: ["seal-credential", "install-credential", "verify-credential"],
    commits: ["flip"],
    times: 1,
  },
  "retire-credential": { effects: ["end-login"], commits: ["record"], times: 2 },
  "delete-environment": { effects: ["drop-database"], commits: ["remove-registration"], times: 1 },
};

const onPostgres = { "apply-access": { effects: ["apply"], commits: [], times: 4 } };

const drivers = {
  sqlite: {
    "sqlite.create": { names: ["written", "synced", "linked", "cleaned"], times: 4 },
    "sqlite.drop": { names: ["database", "wal", "shm", "journal", "cleaned"], times: 1 },
  },
  postgres: {
    "postgres.create": { names: ["copied"], times: 2 },
    "postgres.login": { names: ["installed", "closed"], times: 2 },
    "postgres.drop": { names: ["closed", "removed"], times: 1 },
  },
};

/** How many transactions one life of the scenario makes, at least. */
const transactions = 24;

function upTo(times, name) {
  return Array.from({ length: times }, (_, n) => `${name}@${n + 1}`);
}

const ofSagas = (sagas) =>
  Object.entries(sagas).flatMap(([saga, { effects, commits, times }]) => [
    ...effects.flatMap((step) =>
      ["before", "done", "after"].flatMap((edge) => upTo(times, `saga.${saga}.${step}.${edge}`)),
    ),
    ...commits.flatMap((step) =>
      ["before", "after"].flatMap((edge) => upTo(times, `saga.${saga}.${step}.${edge}`)),
    ),
  ]);

const ofUndo = ["undo", "undone"].map((edge) => `saga.provision-environment.create-database.${edge}@1`);

const ofDriver = (driver) =>
  Object.entries(drivers[driver]).flatMap(([verb, { names, times }]) =>
    names.flatMap((name) => upTo(times, `${verb}.${name}`)),
  );

const everywhere = [
  ...ofSagas(steps),
  ...ofUndo,
  ...upTo(transactions, "transaction.worked"),
  ...upTo(transactions, "transaction.committed"),
  ...upTo(2, "operation.claimed"),
];

/** Where a process may be killed that works on this kind of database. */
export const boundaries = {
  sqlite: [...everywhere, ...ofDriver("sqlite")],
  postgres: [...everywhere, ...ofSagas(onPostgres), ...ofDriver("postgres")],
};
