import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { FRAMES_DEFAULT, FRAMES_MAX } from "@/lib/contract/record";
import { queryOf, windowOf } from "../../../query";
import { sendStored, withRecord } from "../../../with-record";

const WINDOW_MAX_MS = 31 * 24 * 3_600_000;

/** Where stored pictures are, oldest first. */
export const GET = route("GET /api/v1/clusters/[scope]/frames", ({ request, params }) =>
  withRecord(params.scope, async (record, scope) => {
    const query = queryOf(request);
    const limit = query.whole("limit", { min: 1, max: FRAMES_MAX }) ?? FRAMES_DEFAULT;
    const window = windowOf(query, WINDOW_MAX_MS);
    if (window instanceof Response) return window;
    const frames = await record.frames(scope, window.from, window.to, limit);
    return sendStored(frames, (found) => jsonResponse({ scope, frames: found }));
  }),
);
