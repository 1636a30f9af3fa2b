/**
 * Who gets what: one line per procedure, one column per caller. `ok`, or the HTTP status of
 * the refusal. What stands for callers who may is 400, 409 or 412 where the input
 * of the test is one that the verb itself refuses, so that nothing changes on the way.
 *
 * The callers, left to right: nobody; a person without any organization; in organization A a
 * member without environment, env_viewer, env_user, env_maker, env_admin, admin, owner; the
 * owner of organization B; an operator; an API key of A's owner.
 */
export const callers = [
  "nobody",
  "stranger",
  "member",
  "viewer",
  "user",
  "maker",
  "envAdmin",
  "admin",
  "owner",
  "ownerOfB",
  "operator",
  "key",
] as const;
export type Caller = (typeof callers)[number];

const table = `
                            nobody stranger member viewer user maker envAdmin admin owner ownerOfB operator key
account.rename              401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       403
apiKeys.create              401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       403
apiKeys.list                401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       403
apiKeys.revoke              401    404      404    404    404  404   404      404   ok    404      404      403
audit.get                   401    404      403    403    403  403   403      ok    ok    404      404      ok
audit.list                  401    404      403    403    403  403   403      ok    ok    404      404      ok
audit.listEnvironment       401    404      404    403    403  403   ok       ok    ok    404      404      ok
clusters.activate           401    404      404    404    404  404   404      404   404   404      412      404
clusters.add                401    404      404    404    404  404   404      404   404   404      400      404
clusters.check              401    404      404    404    404  404   404      404   404   404      412      404
clusters.drain              401    404      404    404    404  404   404      404   404   404      412      404
clusters.get                401    404      404    404    404  404   404      404   404   404      ok       404
clusters.list               401    404      404    404    404  404   404      404   404   404      ok       404
clusters.remove             401    404      404    404    404  404   404      404   404   404      412      404
clusters.update             401    404      404    404    404  404   404      404   404   404      ok       404
credentials.connection      401    404      404    403    ok   ok    ok       ok    ok    404      404      ok
credentials.issue           401    404      404    403    403  412   412      412   412   404      404      412
credentials.list            401    404      404    403    ok   ok    ok       ok    ok    404      404      ok
credentials.revoke          401    404      404    403    403  412   412      412   412   404      404      412
credentials.rotate          401    404      404    403    403  412   412      412   412   404      404      412
credentials.schedule        401    404      404    403    403  412   412      412   412   404      404      412
environments.archive        401    404      404    403    403  403   412      412   412   404      404      412
environments.create         401    404      403    403    403  403   403      ok    ok    404      404      ok
environments.delete         401    404      404    403    403  403   412      412   412   404      404      412
environments.get            401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
environments.getAt          401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
environments.getLimits      401    404      404    404    404  404   404      404   404   404      ok       404
environments.inspect        401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
environments.list           401    404      ok     ok     ok   ok    ok       ok    ok    404      404      ok
environments.preview        401    404      403    403    403  403   403      ok    ok    404      404      ok
environments.protect        401    404      404    403    403  403   403      ok    ok    404      404      ok
environments.purge          401    404      404    403    403  403   412      412   412   404      404      412
environments.recover        401    404      404    403    403  403   412      412   412   404      404      412
environments.resume         401    404      404    403    403  403   412      412   412   404      404      412
environments.retry          401    404      404    403    403  412   412      412   412   404      404      412
environments.setDefault     401    404      404    403    403  403   403      412   412   404      404      412
environments.setLimits      401    404      404    404    404  404   404      404   404   404      412      404
environments.suspend        401    404      404    403    403  403   412      412   412   404      404      412
environments.update         401    404      404    403    403  ok    ok       ok    ok    404      404      ok
findings.adopt              401    404      404    404    404  404   404      404   404   404      400      404
findings.check              401    404      404    404    404  404   404      404   404   404      ok       404
findings.destroy            401    404      404    404    404  404   404      404   404   404      400      404
findings.list               401    404      404    404    404  404   404      404   404   404      ok       404
fleet.map                   401    404      404    404    404  404   404      404   404   404      ok       404
fleet.overview              401    404      404    404    404  404   404      404   404   404      ok       404
invitations.accept          401    403      403    409    403  403   403      403   403   403      403      403
invitations.create          401    404      403    403    403  403   403      ok    ok    404      404      ok
invitations.list            401    404      403    403    403  403   403      ok    ok    404      404      ok
invitations.preview         ok     ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
invitations.revoke          401    404      403    403    403  403   403      409   409   404      404      409
isolation.findings          401    404      404    404    404  404   404      404   404   404      ok       404
isolation.overview          401    404      404    404    404  404   404      404   404   404      ok       404
isolation.runs              401    404      404    404    404  404   404      404   404   404      ok       404
members.list                401    404      ok     ok     ok   ok    ok       ok    ok    404      404      ok
members.listEnvironment     401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
members.remove              401    404      403    403    403  403   403      ok    ok    404      404      ok
members.removeEnvironment   401    404      404    403    403  403   ok       ok    ok    404      404      ok
members.setEnvironment      401    404      404    403    403  403   ok       ok    ok    404      404      ok
members.setRole             401    404      403    403    403  403   403      ok    ok    404      404      ok
navigation.landing          401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
navigation.locate           401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
navigation.me               401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
navigation.places           401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
navigation.visit            401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
operations.get              401    404      404    ok     ok   ok    ok       ok    ok    404      ok       ok
operations.list             401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
operations.listAll          401    404      404    404    404  404   404      404   404   404      ok       404
operations.listMine         401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
operations.running          401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
operations.watch            401    404      404    ok     ok   ok    ok       ok    ok    404      ok       ok
options.clear               401    404      404    403    403  409   409      409   409   404      404      409
options.get                 401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
options.getVersion          401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
options.history             401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
options.list                401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
options.restore             401    404      404    403    403  409   409      409   409   404      404      409
options.set                 401    404      404    403    403  409   409      409   409   404      404      409
organizations.create        401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
organizations.get           401    404      ok     ok     ok   ok    ok       ok    ok    404      404      ok
organizations.list          401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
organizations.listAll       401    404      404    404    404  404   404      404   404   404      ok       404
organizations.setResidency  401    404      403    403    403  403   403      403   ok    404      404      ok
organizations.setTier       401    404      404    404    404  404   404      404   404   404      ok       404
organizations.update        401    404      403    403    403  403   403      ok    ok    404      404      ok
packages.deleteDraft        401    404      404    404    404  404   404      404   404   404      412      404
packages.deprecate          401    404      404    404    404  404   404      404   404   404      412      404
packages.get                401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
packages.getVersion         401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
packages.install            401    404      404    403    403  412   412      412   412   404      404      412
packages.installed          401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
packages.list               401    ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
packages.places             401    404      404    404    404  404   404      404   404   404      ok       404
packages.previewInstall     401    404      404    403    403  ok    ok       ok    ok    404      404      ok
packages.publish            401    404      404    404    404  404   404      404   404   404      400      404
packages.publishDraft       401    404      404    404    404  404   404      404   404   404      412      404
placement.addRule           401    404      404    404    404  404   404      404   404   404      400      404
placement.get               401    404      404    404    404  404   404      404   404   404      ok       404
placement.orderRules        401    404      404    404    404  404   404      404   404   404      409      404
placement.removeRule        401    404      404    404    404  404   404      404   404   404      ok       404
placement.setPreset         401    404      404    404    404  404   404      404   404   404      412      404
placement.try               401    404      404    404    404  404   404      404   404   404      ok       404
placement.updateRule        401    404      404    404    404  404   404      404   404   404      ok       404
pools.activate              401    404      404    404    404  404   404      404   404   404      412      404
pools.add                   401    404      404    404    404  404   404      404   404   404      400      404
pools.drain                 401    404      404    404    404  404   404      404   404   404      412      404
pools.get                   401    404      404    404    404  404   404      404   404   404      ok       404
pools.install               401    404      404    404    404  404   404      404   404   404      412      404
pools.list                  401    404      404    404    404  404   404      404   404   404      ok       404
pools.remove                401    404      404    404    404  404   404      404   404   404      412      404
pools.retry                 401    404      404    404    404  404   404      404   404   404      412      404
pools.update                401    404      404    404    404  404   404      404   404   404      ok       404
resolution.explain          401    404      404    404    404  404   404      404   404   404      ok       404
resolution.samples          401    404      404    404    404  404   404      404   404   404      ok       404
services.add                401    404      404    404    404  404   404      404   404   404      ok       404
services.list               401    404      404    404    404  404   404      404   404   404      ok       404
services.revoke             401    404      404    404    404  404   404      404   404   404      ok       404
settings.entrance           ok     ok       ok     ok     ok   ok    ok       ok    ok    ok       ok       ok
settings.get                401    404      404    404    404  404   404      404   404   404      ok       404
settings.setRecoveryDays    401    404      404    404    404  404   404      404   404   404      ok       404
settings.setSignUp          401    404      404    404    404  404   404      404   404   404      ok       404
tokens.issue                401    404      404    ok     ok   ok    ok       ok    ok    404      404      ok
`;

/** The table by procedure and caller. */
export const matrix: Record<string, Record<Caller, string>> = Object.fromEntries(
  table
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [procedure = "", ...outcomes] = line.trim().split(/\s+/);
      if (outcomes.length !== callers.length)
        throw new Error(`The line of ${procedure} has ${outcomes.length} columns.`);
      return [procedure, Object.fromEntries(callers.map((caller, n) => [caller, outcomes[n]]))];
    }),
) as Record<string, Record<Caller, string>>;
