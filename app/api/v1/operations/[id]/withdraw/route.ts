import { route } from "@/lib/auth/route";
import { withdrawalSchema } from "@/lib/contract/actions/operation";
import { jsonResponse } from "@/lib/contract/json";
import { askerOf, bodyOf, sendRefusal, withActions } from "../../../acting";

/** Takes back, or declines, what waits for approval. */
export const POST = route("POST /api/v1/operations/[id]/withdraw", ({ request, params, actor }) =>
  withActions(async (pipeline) => {
    const body = await bodyOf(request, withdrawalSchema);
    if (body.kind === "bad") return body.response;
    const withdrawn = await pipeline.withdraw(askerOf(request, actor), params.id, body.value.reason.trim());
    return withdrawn.kind === "ok" ? jsonResponse(withdrawn.operation) : sendRefusal(withdrawn);
  }),
);
