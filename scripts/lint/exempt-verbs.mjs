/** Verbs whose transaction needs no permission check or no audit entry, and why. */
export const exemptVerbs = {
  "server/domain/api-keys/create.ts#createApiKey": {
    guard: "A key is its caller's own and may do what the caller may.",
  },
  "server/domain/api-keys/revoke.ts#revokeApiKey": { guard: "The query finds the caller's own keys only." },
  "server/domain/invitations/accept.ts#acceptInvitation": {
    guard: "The ticket and the caller's own address are the permission.",
  },
  "server/domain/navigation/visit.ts#visitEnvironment": {
    guard: "Whoever got this context may be there.",
    audit: "Where a person was last is no change of anything but their own landing place.",
  },
  "server/domain/placement/place.ts#auditingFence": {
    guard: "It only records that the work, which checks by itself, was refused.",
  },
  "server/domain/environments/purge-due.ts#purgeDue": {
    guard: "Only the worker's sweep calls it; deleting was checked.",
  },
  "server/domain/findings/order-check.ts#orderCheck": {
    guard: "The verb that operators call checks; else the clock orders it.",
  },
  "server/domain/findings/reconcile.ts#replaceFindings": {
    guard: "Only the worker calls it; ordering it is checked.",
    audit: "Ordering it is on the trail; findings are what it saw, not what it did.",
  },
  "server/domain/isolation/record-mended.ts#recordMended": {
    guard: "Only the watch over pools calls it.",
  },
  "server/domain/isolation/record.ts#recordRun": {
    guard: "Only the worker calls it; ordering a run is checked.",
  },
  "server/domain/violations/settle.ts#settleViolations": {
    guard: "Only the worker's sweep calls it; who may report was checked.",
  },
  "server/domain/people/rename.ts#renamePerson": { guard: "The query finds the caller's own row only." },
};
