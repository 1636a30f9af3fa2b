import { z } from "zod";

export const SignUpPolicy = z.enum(["open", "invited"], "Choose open or invited.");
export type SignUpPolicy = z.infer<typeof SignUpPolicy>;

export const SetSignUpPolicy = z.strictObject({ policy: SignUpPolicy });
export type SetSignUpPolicy = z.infer<typeof SetSignUpPolicy>;
