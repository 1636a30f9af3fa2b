import { rest } from "@/server/api/rest/meta";
import { environmentProcedure, router } from "@/server/api/trpc";
import { connectionOf } from "@/server/domain/credentials/connection";
import { issueCredential } from "@/server/domain/credentials/issue";
import { listCredentials } from "@/server/domain/credentials/list";
import {
  CredentialPage,
  EnvironmentConnection,
  IssuedCredential,
  RevokedCredential,
  ScheduledRotation,
} from "@/server/domain/credentials/output";
import { revokeCredential } from "@/server/domain/credentials/revoke";
import { rotateCredential } from "@/server/domain/credentials/rotate";
import { scheduleRotation } from "@/server/domain/credentials/schedule";
import {
  IssueCredential,
  ListCredentials,
  RevokeCredential,
  RotateCredential,
  ScheduleRotation,
} from "@/server/domain/credentials/schema";
import { EnvironmentRef } from "@/server/domain/environments/schema";

export const credentialsRouter = router({
  connection: environmentProcedure
    .meta(rest("GET /environments/{environment}/connection", "Get where an environment's database is"))
    .input(EnvironmentRef)
    .output(EnvironmentConnection)
    .query(({ ctx }) => connectionOf(ctx)),
  list: environmentProcedure
    .meta(rest("GET /environments/{environment}/credentials", "List credentials"))
    .input(ListCredentials)
    .output(CredentialPage)
    .query(({ ctx, input }) => listCredentials(ctx, input)),
  issue: environmentProcedure
    .meta(rest("POST /environments/{environment}/credentials", "Issue a credential", { status: 201 }))
    .input(IssueCredential)
    .output(IssuedCredential)
    .mutation(({ ctx, input }) => issueCredential(ctx, input)),
  rotate: environmentProcedure
    .meta(
      rest("POST /environments/{environment}/credentials/{credential}/rotate", "Rotate a credential", {
        status: 201,
      }),
    )
    .input(RotateCredential)
    .output(IssuedCredential)
    .mutation(({ ctx, input }) => rotateCredential(ctx, input)),
  schedule: environmentProcedure
    .meta(
      rest(
        "PUT /environments/{environment}/credentials/{credential}/schedule",
        "Rotate a credential by itself",
      ),
    )
    .input(ScheduleRotation)
    .output(ScheduledRotation)
    .mutation(({ ctx, input }) => scheduleRotation(ctx, input)),
  revoke: environmentProcedure
    .meta(
      rest("DELETE /environments/{environment}/credentials/{credential}", "Revoke a credential", {
        status: 202,
      }),
    )
    .input(RevokeCredential)
    .output(RevokedCredential)
    .mutation(({ ctx, input }) => revokeCredential(ctx, input)),
});
