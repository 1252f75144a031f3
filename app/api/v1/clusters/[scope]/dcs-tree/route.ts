import { route } from "@/lib/auth/route";
import { lookAtDcsTree } from "@/lib/collectors/dcs-tree";
import { config } from "@/lib/config/current";
import { jsonResponse } from "@/lib/contract/json";
import { instant } from "@/lib/domain/ids";
import { noSuchCluster } from "../../../with-snapshot";

/** Operators only: the keys are shown as they are stored, and whatever somebody put among them with them. */
export const GET = route("GET /api/v1/clusters/[scope]/dcs-tree", async ({ params }) => {
  const cluster = config().clusters.find(({ scope }) => scope === params.scope);
  if (!cluster) return noSuchCluster(params.scope);
  const { at, tookMs, result } = await lookAtDcsTree(cluster);
  return jsonResponse({
    scope: cluster.scope,
    at: instant(at),
    tookMs,
    failure: result.ok ? null : result.failure,
    tree: result.ok ? result.value : null,
  });
});
