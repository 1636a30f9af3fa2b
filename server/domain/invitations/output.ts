import { z } from "zod";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { organizationRoles } from "@/server/kernel/roles";

const delivery = z.enum(["mail", "link"]);

export const CreatedInvitation = z
  .object({
    id: z.uuid(),
    delivery,
    expiresAt: Moment,
    link: z
      .string()
      .nullable()
      .describe("To hand over to the invited person; null when it went out by mail."),
  })
  .meta({ id: "CreatedInvitation" });

export const InvitationPage = pageOutput(
  z
    .object({
      id: z.uuid(),
      email: z.string(),
      role: z.enum(organizationRoles),
      status: z.enum(["pending", "accepted", "revoked", "expired"]),
      delivery,
      expiresAt: Moment,
      createdAt: Moment,
      inviter: z.string().nullable(),
    })
    .meta({ id: "Invitation" }),
);

export const Revoked = z.object({ revoked: z.literal(true) });
