import { publicKeys } from "@/server/auth/sign";
import { answer } from "./answer";

/** `GET /.well-known/jwks.json`: the public keys of Freehold itself, for anybody. */
export function handleJwks(): Promise<Response> {
  return answer(async () =>
    Response.json(await publicKeys(), {
      // A key is here a day before it signs.
      headers: { "cache-control": "public, max-age=300" },
    }),
  );
}
