import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { sourceDetail } from "@/lib/contract/source-detail";
import { withSnapshot } from "../../../../with-snapshot";

/** What one source last answered and how its last attempt ended, to click from a claim to its evidence. */
export const GET = route("GET /api/v1/clusters/[scope]/sources/[id]", ({ params }) =>
  withSnapshot(params.scope, (_snapshot, store) => {
    const state = store.state(params.scope);
    const detail = state && sourceDetail(state, params.id);
    return detail
      ? jsonResponse(detail)
      : problemResponse("not-found", `This cluster has no source ${JSON.stringify(params.id.slice(0, 100))}.`);
  }),
);
