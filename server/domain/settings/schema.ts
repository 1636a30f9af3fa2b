import { z } from "zod";

export const SignUpPolicy = z.enum(["open", "invited"], "Choose open or invited.");
export type SignUpPolicy = z.infer<typeof SignUpPolicy>;

export const SetRecoveryDays = z.strictObject({
  days: z
    .number("Give a whole number of days.")
    .int("Give a whole number of days.")
    .min(0, "At least 0 days: then deleting is for good at once.")
    .max(90, "At most 90 days."),
});
export type SetRecoveryDays = z.infer<typeof SetRecoveryDays>;

export const SetSignUpPolicy = z.strictObject({ policy: SignUpPolicy });
export type SetSignUpPolicy = z.infer<typeof SetSignUpPolicy>;
