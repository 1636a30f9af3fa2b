import { rest } from "@/server/api/rest/meta";
import { environmentProcedure, operatorProcedure, router, userProcedure } from "@/server/api/trpc";
import { deleteDraft } from "@/server/domain/packages/delete-draft";
import { deprecatePackage } from "@/server/domain/packages/deprecate";
import { getPackage, getPackageVersion } from "@/server/domain/packages/get";
import { installPackage } from "@/server/domain/packages/install";
import { listPackages } from "@/server/domain/packages/list";
import { listInstalled } from "@/server/domain/packages/list-installed";
import { listPackagePlaces } from "@/server/domain/packages/list-places";
import {
  DeletedDraft,
  InstalledPage,
  InstallPreview,
  OrderedInstall,
  PackageContent,
  PackageOutput,
  PackagePage,
  PackagePlacePage,
  PackageVersionOutput,
  PublishedPackage,
} from "@/server/domain/packages/output";
import { previewInstall } from "@/server/domain/packages/preview-install";
import { publishPackage } from "@/server/domain/packages/publish";
import { publishDraft } from "@/server/domain/packages/publish-draft";
import {
  DeprecatePackage,
  InstallPackage,
  ListInstalled,
  ListPackagePlaces,
  ListPackages,
  PackageRef,
  PackageVersionRef,
  PublishPackage,
} from "@/server/domain/packages/schema";

const version = "/packages/{package}/versions/{version}";
const inEnvironment = "/environments/{environment}/packages";

export const packagesRouter = router({
  publish: operatorProcedure
    .meta(rest("POST /packages", "Publish a version of a package", { status: 201 }))
    .input(PublishPackage)
    .output(PublishedPackage)
    .mutation(({ ctx, input }) => publishPackage(ctx, input)),
  list: userProcedure
    .meta(rest("GET /packages", "List packages"))
    .input(ListPackages)
    .output(PackagePage)
    .query(({ ctx, input }) => listPackages(ctx, input)),
  get: userProcedure
    .meta(rest("GET /packages/{package}", "Get a package with its versions"))
    .input(PackageRef)
    .output(PackageOutput)
    .query(({ ctx, input }) => getPackage(ctx, input)),
  getVersion: userProcedure
    .meta(rest(`GET ${version}`, "Get a version with its tables and statements"))
    .input(PackageVersionRef)
    .output(PackageContent)
    .query(({ ctx, input }) => getPackageVersion(ctx, input)),
  publishDraft: operatorProcedure
    .meta(rest(`POST ${version}/publish`, "Publish a draft"))
    .input(PackageVersionRef)
    .output(PackageVersionOutput)
    .mutation(({ ctx, input }) => publishDraft(ctx, input)),
  deprecate: operatorProcedure
    .meta(rest(`POST ${version}/deprecate`, "Deprecate a version"))
    .input(DeprecatePackage)
    .output(PackageVersionOutput)
    .mutation(({ ctx, input }) => deprecatePackage(ctx, input)),
  deleteDraft: operatorProcedure
    .meta(rest(`DELETE ${version}`, "Delete a draft"))
    .input(PackageVersionRef)
    .output(DeletedDraft)
    .mutation(({ ctx, input }) => deleteDraft(ctx, input)),
  places: operatorProcedure
    .meta(rest("GET /packages/{package}/environments", "List where a package is installed"))
    .input(ListPackagePlaces)
    .output(PackagePlacePage)
    .query(({ ctx, input }) => listPackagePlaces(ctx, input)),
  installed: environmentProcedure
    .meta(rest(`GET ${inEnvironment}`, "List the packages of an environment"))
    .input(ListInstalled)
    .output(InstalledPage)
    .query(({ ctx, input }) => listInstalled(ctx, input)),
  previewInstall: environmentProcedure
    .meta(rest(`GET ${inEnvironment}/{package}/preview`, "See what an installation would run"))
    .input(InstallPackage)
    .output(InstallPreview)
    .query(({ ctx, input }) => previewInstall(ctx, input)),
  install: environmentProcedure
    .meta(rest(`POST ${inEnvironment}/{package}/install`, "Install a package", { status: 202 }))
    .input(InstallPackage)
    .output(OrderedInstall)
    .mutation(({ ctx, input }) => installPackage(ctx, input)),
});
