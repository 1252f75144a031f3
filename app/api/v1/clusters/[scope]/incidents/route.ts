import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { readIncidents } from "@/lib/history/incidents";
import { queryOf, windowOf } from "../../../query";
import { sendStored, withRecord } from "../../../with-record";

const WINDOW_MAX_MS = 400 * 24 * 3_600_000;

/** Windows that are worth a report, newest first. */
export const GET = route("GET /api/v1/clusters/[scope]/incidents", ({ request, params }) =>
  withRecord(params.scope, async (record, scope) => {
    const window = windowOf(queryOf(request), WINDOW_MAX_MS);
    if (window instanceof Response) return window;
    const found = await readIncidents(record, scope, window, Date.now());
    return sendStored(found, (incidents) => jsonResponse({ scope, incidents }));
  }),
);
