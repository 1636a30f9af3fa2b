// Every place where a process may be killed. `name@n` is the n-th time that it gets there.

const steps = {
  "provision-environment": {
    effects: ["create-database", "verify-database"],
    commits: ["activate"],
    times: 4,
  },
  "delete-environment": { effects: ["drop-database"], commits: ["remove-registration"], times: 1 },
};

const driver = {
  "sqlite.create": { names: ["written", "synced", "linked", "cleaned"], times: 4 },
  "sqlite.drop": { names: ["database", "wal", "shm", "journal", "cleaned"], times: 1 },
};

/** How many transactions one life of the scenario makes, at least. */
const transactions = 14;

function upTo(times, name) {
  return Array.from({ length: times }, (_, n) => `${name}@${n + 1}`);
}

const ofSagas = Object.entries(steps).flatMap(([saga, { effects, commits, times }]) => [
  ...effects.flatMap((step) =>
    ["before", "done", "after"].flatMap((edge) => upTo(times, `saga.${saga}.${step}.${edge}`)),
  ),
  ...commits.flatMap((step) =>
    ["before", "after"].flatMap((edge) => upTo(times, `saga.${saga}.${step}.${edge}`)),
  ),
]);

const ofUndo = ["undo", "undone"].map((edge) => `saga.provision-environment.create-database.${edge}@1`);

const ofDriver = Object.entries(driver).flatMap(([verb, { names, times }]) =>
  names.flatMap((name) => upTo(times, `${verb}.${name}`)),
);

export const boundaries = [
  ...ofSagas,
  ...ofUndo,
  ...ofDriver,
  ...upTo(transactions, "transaction.worked"),
  ...upTo(transactions, "transaction.committed"),
  ...upTo(2, "operation.claimed"),
];
