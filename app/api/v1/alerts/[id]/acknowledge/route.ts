import { route } from "@/lib/auth/route";
import { acknowledgementSchema } from "@/lib/contract/alerts";
import { jsonResponse } from "@/lib/contract/json";
import { bodyOf } from "../../../acting";
import { alertAskerOf, sendAlertRefusal, withAlerts } from "../../../with-alerts";

/** Says that somebody has taken an alert on; it is told no more until it is over. */
export const POST = route("POST /api/v1/alerts/[id]/acknowledge", ({ request, params, actor }) =>
  withAlerts(async (desk) => {
    const body = await bodyOf(request, acknowledgementSchema);
    if (body.kind === "bad") return body.response;
    const taken = await desk.acknowledge(alertAskerOf(request, actor), params.id, body.value.note);
    return taken.kind === "ok" ? jsonResponse(taken.value) : sendAlertRefusal(taken);
  }),
);
