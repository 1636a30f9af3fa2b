import { slugRefusal } from "@/server/domain/environments/names";

/** What react-hook-form checks before the server does. */
export const nameRules = {
  validate: (name: string) => name.trim() !== "" || "Give it a name.",
  maxLength: { value: 255, message: "A name has at most 255 characters." },
};

export const slugRules = { validate: (slug: string) => slugRefusal(slug) ?? true };
