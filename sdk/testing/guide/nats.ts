import type { NatsConnection } from "@nats-io/transport-node";
import type { TenantResolver } from "@freehold/sdk/incoming";
import { requestAs, subscribeAs } from "@freehold/sdk/nats";
import type { TenantSender } from "@freehold/sdk/outgoing";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";

export async function askAverage(context: TenantContext, sender: TenantSender, connection: NatsConnection) {
  const answer = await requestAs(context, sender, connection, { subject: "grades.average", data: "maths" });
  return Number(answer.string());
}

export function answerAverage(
  resolver: TenantResolver,
  connection: NatsConnection,
  average: (context: TenantContext, course: string) => Promise<number>,
) {
  const options = { subject: "grades.average", queue: "grades", deadSubject: "dead.grades", resolver };
  return subscribeAs(connection, options, async (context, message) =>
    String(await average(context, message.string())),
  );
}
