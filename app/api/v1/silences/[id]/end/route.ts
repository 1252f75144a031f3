import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { alertAskerOf, sendAlertRefusal, withAlerts } from "../../../with-alerts";

/** Ends a silence or a maintenance window before its time; what still fires is then told. */
export const POST = route("POST /api/v1/silences/[id]/end", ({ request, params, actor }) =>
  withAlerts(async (desk) => {
    const ended = await desk.endSilence(alertAskerOf(request, actor), params.id);
    return ended.kind === "ok" ? jsonResponse(ended.value) : sendAlertRefusal(ended);
  }),
);
