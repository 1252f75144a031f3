import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { queryOf, windowOf } from "../../../query";
import { sendStored, withRecord } from "../../../with-record";

const WINDOW_MAX_MS = 400 * 24 * 3_600_000;

/** Times during which the client's eye could not have written, oldest first. */
export const GET = route("GET /api/v1/clusters/[scope]/gaps", ({ request, params }) =>
  withRecord(params.scope, async (record, scope) => {
    const window = windowOf(queryOf(request), WINDOW_MAX_MS);
    if (window instanceof Response) return window;
    return sendStored(await record.gaps(scope, window.from, window.to), (gaps) => jsonResponse({ scope, gaps }));
  }),
);
