import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { parseSeriesQuery } from "@/lib/contract/series-query";
import { history } from "@/lib/history/current";
import { live } from "@/lib/live/current";
import { configuredScope, noSuchCluster } from "../../../with-snapshot";

export const GET = route("GET /api/v1/clusters/[scope]/series", async ({ request, params }) => {
  const [store, record] = [live(), history()];
  if (!store || !record) return problemResponse("not-started");
  const scope = configuredScope(store, params.scope);
  if (!scope) return noSuchCluster(params.scope);
  const asked = parseSeriesQuery(new URL(request.url).searchParams, Date.now());
  if (asked.kind === "wrong") return problemResponse("bad-request", asked.detail);
  const answer = await record.series(scope, asked.query);
  return answer.ok ? jsonResponse(answer.value) : problemResponse("store-failing", answer.failure.text);
});
