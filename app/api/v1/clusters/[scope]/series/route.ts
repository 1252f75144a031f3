import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { parseSeriesQuery } from "@/lib/contract/series-query";
import { sendStored, withRecord } from "../../../with-record";

export const GET = route("GET /api/v1/clusters/[scope]/series", ({ request, params }) =>
  withRecord(params.scope, async (record, scope) => {
    const asked = parseSeriesQuery(new URL(request.url).searchParams, Date.now());
    if (asked.kind === "wrong") return problemResponse("bad-request", asked.detail);
    return sendStored(await record.series(scope, asked.query), jsonResponse);
  }),
);
