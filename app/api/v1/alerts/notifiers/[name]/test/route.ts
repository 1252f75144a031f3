import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { alertAskerOf, sendAlertRefusal, withAlerts } from "../../../../with-alerts";

/** Sends a message that says that it is a test, once, and answers how that went. */
export const POST = route("POST /api/v1/alerts/notifiers/[name]/test", ({ request, params, actor }) =>
  withAlerts(async (desk) => {
    const sent = await desk.test(alertAskerOf(request, actor), params.name);
    return sent.kind === "ok" ? jsonResponse(sent.value) : sendAlertRefusal(sent);
  }),
);
