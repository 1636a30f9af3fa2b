import { composeInvitationMail } from "@/server/domain/invitations/compose-mail";
import { sendMail } from "@/server/mail/send";
import { defineSaga } from "./saga";

export const sendInvitation = defineSaga("send-invitation", {
  steps: {
    "send-mail": {
      kind: "effect",
      async run(ctx) {
        const mail = await composeInvitationMail(ctx, ctx.input.invitationId);
        if (!mail) return { detail: "Not sent: the invitation has ended" };
        await sendMail(mail);
        return { detail: `Sent to ${mail.to}` };
      },
    },
  },
});
