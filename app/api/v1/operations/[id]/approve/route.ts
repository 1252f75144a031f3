import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { askerOf, sendRefusal, withActions } from "../../../acting";

/** The second pair of eyes on what another operator asked for. */
export const POST = route("POST /api/v1/operations/[id]/approve", ({ request, params, actor }) =>
  withActions(async (pipeline) => {
    const approved = await pipeline.approve(askerOf(request, actor), params.id);
    return approved.kind === "ok" ? jsonResponse(approved.operation, 202) : sendRefusal(approved);
  }),
);
