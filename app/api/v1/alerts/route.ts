import { route } from "@/lib/auth/route";
import { ALERTS_DEFAULT, ALERTS_MAX, type AlertsAnswer } from "@/lib/contract/alerts";
import { jsonResponse } from "@/lib/contract/json";
import { ALERT_STATES } from "@/lib/domain/alerts/types";
import { queryOf } from "../query";
import { withAlerts } from "../with-alerts";

/** Alerts that fire, or were over since a moment, the newest first. */
export const GET = route("GET /api/v1/alerts", ({ request }) =>
  withAlerts(async (desk) => {
    const query = queryOf(request);
    const scope = query.text("scope", 100);
    const states = query.list("state", ALERT_STATES);
    const since = query.moment("since");
    const limit = query.whole("limit", { min: 1, max: ALERTS_MAX }) ?? ALERTS_DEFAULT;
    const bad = query.bad();
    if (bad) return bad;
    const over = states?.includes("resolved") ?? null;
    // Only whether it is over is stored; whether its finding is there now is this dashboard's to say.
    const resolved = over === null ? null : over && states?.length === 1 ? true : over ? null : false;
    const found = await desk.alerts({ scope, since, resolved, limit });
    const alerts = found.filter(({ state }) => states?.includes(state) ?? true);
    return jsonResponse({ alerts, inMemory: desk.inMemory() } satisfies { [K in keyof AlertsAnswer]: unknown });
  }),
);
