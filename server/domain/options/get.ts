import { and, eq } from "drizzle-orm";
import { environmentOptions, optionsDefinition } from "@/drizzle/control/schema/options";
import { mergeOptions } from "@/sdk/options/merge-options";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { mistakesOf } from "./internal";
import { presentOptions } from "./present";
import { asOptions, shown } from "./row";
import type { OptionsRef } from "./schema";

/** The overlay of a set with what its service has published. A set that nobody has heard of is empty. */
export async function getOptions(ctx: EnvironmentContext, { name }: OptionsRef) {
  requireEnvironment(ctx, "options.read");
  const [[row], [definition]] = await ctx.db.batch([
    ctx.db
      .select()
      .from(environmentOptions)
      .where(
        and(eq(environmentOptions.environmentId, ctx.environment.id), eq(environmentOptions.name, name)),
      ),
    ctx.db.select().from(optionsDefinition).where(eq(optionsDefinition.name, name)),
  ]);
  const overlay = row ? asOptions(row.value) : {};
  const defaults = definition ? asOptions(definition.defaults) : {};
  return {
    ...presentOptions(name, row ?? null),
    effective: shown(mergeOptions(defaults, overlay)),
    mistakes: definition ? mistakesOf(definition, overlay) : [],
    definition: definition
      ? {
          service: definition.serviceName,
          schema: definition.schema === null ? null : shown(asOptions(definition.schema)),
          defaults: shown(defaults),
          publishedAt: definition.publishedAt,
        }
      : null,
  };
}
