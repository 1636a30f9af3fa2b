import type { AccessToken, Grant } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { sign } from "./sign";

const lifeSeconds = 300;

/** Signs what was granted, for five minutes. Who may have it has been decided. */
export async function issueToken({ subject, audience, tenant }: Grant): Promise<AccessToken> {
  const id = newId();
  const iat = Math.floor(Date.now() / 1000);
  const exp = iat + lifeSeconds;
  const tid = tenant === null ? {} : { tid: tenant };
  const token = await sign("at+jwt", { sub: subject, aud: audience, iat, exp, jti: id, ...tid });
  return { id, token, expiresIn: lifeSeconds, expiresAt: new Date(exp * 1000) };
}
