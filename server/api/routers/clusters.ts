import { rest } from "@/server/api/rest/meta";
import { operatorProcedure, router } from "@/server/api/trpc";
import { addCluster } from "@/server/domain/clusters/add";
import { checkCluster } from "@/server/domain/clusters/check";
import { getCluster } from "@/server/domain/clusters/get";
import { listClusters } from "@/server/domain/clusters/list";
import {
  AddedCluster,
  Cluster,
  ClusterPage,
  ClusterWithLoad,
  RemovedCluster,
} from "@/server/domain/clusters/output";
import { removeCluster } from "@/server/domain/clusters/remove";
import { AddCluster, ClusterRef, ListClusters, UpdateCluster } from "@/server/domain/clusters/schema";
import { setClusterState } from "@/server/domain/clusters/set-state";
import { updateCluster } from "@/server/domain/clusters/update";
import { Ordered } from "@/server/domain/operations/output";

export const clustersRouter = router({
  add: operatorProcedure
    .meta(rest("POST /fleet/clusters", "Add a cluster and test it", { status: 202 }))
    .input(AddCluster)
    .output(AddedCluster)
    .mutation(({ ctx, input }) => addCluster(ctx, input)),
  list: operatorProcedure
    .meta(rest("GET /fleet/clusters", "List clusters"))
    .input(ListClusters)
    .output(ClusterPage)
    .query(({ ctx, input }) => listClusters(ctx, input)),
  get: operatorProcedure
    .meta(rest("GET /fleet/clusters/{cluster}", "Get a cluster with its load"))
    .input(ClusterRef)
    .output(ClusterWithLoad)
    .query(({ ctx, input }) => getCluster(ctx, input)),
  update: operatorProcedure
    .meta(rest("PATCH /fleet/clusters/{cluster}", "Change a cluster's name, region, capacity or labels"))
    .input(UpdateCluster)
    .output(Cluster)
    .mutation(({ ctx, input }) => updateCluster(ctx, input)),
  drain: operatorProcedure
    .meta(rest("POST /fleet/clusters/{cluster}/drain", "Keep new databases off a cluster"))
    .input(ClusterRef)
    .output(Cluster)
    .mutation(({ ctx, input }) => setClusterState(ctx, input, "drain")),
  activate: operatorProcedure
    .meta(rest("POST /fleet/clusters/{cluster}/activate", "Put a draining cluster back into use"))
    .input(ClusterRef)
    .output(Cluster)
    .mutation(({ ctx, input }) => setClusterState(ctx, input, "activate")),
  check: operatorProcedure
    .meta(rest("POST /fleet/clusters/{cluster}/check", "Test an offline cluster again", { status: 202 }))
    .input(ClusterRef)
    .output(Ordered)
    .mutation(({ ctx, input }) => checkCluster(ctx, input)),
  remove: operatorProcedure
    .meta(rest("DELETE /fleet/clusters/{cluster}", "Remove an empty cluster"))
    .input(ClusterRef)
    .output(RemovedCluster)
    .mutation(({ ctx, input }) => removeCluster(ctx, input)),
});
