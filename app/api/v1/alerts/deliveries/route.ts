import { route } from "@/lib/auth/route";
import { ALERTS_DEFAULT, ALERTS_MAX, type DeliveriesAnswer } from "@/lib/contract/alerts";
import { jsonResponse } from "@/lib/contract/json";
import { DELIVERY_STATES } from "@/lib/domain/alerts/types";
import { queryOf } from "../../query";
import { withAlerts } from "../../with-alerts";
import { sendStored } from "../../with-record";

/** Messages that were sent, or are to be, the newest first. */
export const GET = route("GET /api/v1/alerts/deliveries", ({ request }) =>
  withAlerts(async (desk) => {
    const query = queryOf(request);
    const notifier = query.text("notifier", 100);
    const states = query.list("state", DELIVERY_STATES);
    const limit = query.whole("limit", { min: 1, max: ALERTS_MAX }) ?? ALERTS_DEFAULT;
    const bad = query.bad();
    if (bad) return bad;
    return sendStored(await desk.deliveries({ notifier, states, limit }), (deliveries) =>
      jsonResponse({ deliveries } satisfies { [K in keyof DeliveriesAnswer]: unknown }),
    );
  }),
);
