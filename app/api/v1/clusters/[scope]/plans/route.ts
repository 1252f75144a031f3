import { route } from "@/lib/auth/route";
import { actionRequestSchema } from "@/lib/contract/actions/request";
import { jsonResponse } from "@/lib/contract/json";
import type { ActionRequest } from "@/lib/domain/actions/request";
import { clusterScope } from "@/lib/domain/ids";
import { askerOf, bodyOf, sendRefusal, withActions } from "../../../acting";

/** Checks, impact and fence of what is asked for. Changes nothing. */
export const POST = route("POST /api/v1/clusters/[scope]/plans", ({ request, params, actor }) =>
  withActions(async (pipeline) => {
    const body = await bodyOf(request, actionRequestSchema);
    if (body.kind === "bad") return body.response;
    // Proven to be one with the domain's type where the schema is written.
    const asked = body.value as ActionRequest;
    const planned = await pipeline.plan(askerOf(request, actor), clusterScope(params.scope), asked);
    return planned.kind === "ok" ? jsonResponse(planned.plan, 201) : sendRefusal(planned);
  }),
);
