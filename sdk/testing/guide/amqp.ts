import type { ConfirmChannel } from "amqplib";
import { consumeAs, publishAs } from "@freehold/sdk/amqp";
import type { TenantResolver } from "@freehold/sdk/incoming";
import type { TenantSender } from "@freehold/sdk/outgoing";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";

export async function announceGrade(
  context: TenantContext,
  sender: TenantSender,
  channel: ConfirmChannel,
  grade: { student: string; points: number },
) {
  const body = Buffer.from(JSON.stringify(grade));
  await publishAs(context, sender, channel, { to: { queue: "grades" }, body });
}

export async function keepGrades(
  resolver: TenantResolver,
  channel: ConfirmChannel,
  keep: (context: TenantContext, grade: unknown) => Promise<void>,
) {
  await channel.assertQueue("grades");
  return consumeAs(channel, { queue: "grades", deadLetters: "grades.dead", resolver }, (context, message) =>
    keep(context, JSON.parse(message.content.toString())),
  );
}
