import { createTransport } from "nodemailer";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import { singleton } from "@/server/kernel/singleton";

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Hands a mail to the SMTP server. Plain text only, so nothing in a name can become markup. */
export async function sendMail(mail: Mail): Promise<void> {
  const url = env().smtpUrl;
  if (!url)
    throw new DomainError("precondition", "There is no mail server. Set FREEHOLD_SMTP_URL to send mail.");
  const transport = singleton("smtp", () => createTransport(url.reveal()));
  await transport.sendMail({ from: env().mailFrom, ...mail });
}
