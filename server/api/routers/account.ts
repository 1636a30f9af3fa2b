import { renamePerson } from "@/server/domain/people/rename";
import { RenamePerson } from "@/server/domain/people/schema";
import { personProcedure, router } from "@/server/api/trpc";

export const accountRouter = router({
  rename: personProcedure.input(RenamePerson).mutation(({ ctx, input }) => renamePerson(ctx, input)),
});
