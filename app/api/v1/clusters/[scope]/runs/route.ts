import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { newRunSchema, RUNS_DEFAULT, RUNS_MAX, type RunsAnswer } from "@/lib/contract/runs";
import { live } from "@/lib/live/current";
import { bodyOf } from "../../../acting";
import { queryOf } from "../../../query";
import { sendStored, withRecord } from "../../../with-record";
import { runAskerOf, sendRun, withRuns } from "../../../with-runs";
import { configuredScope, noSuchCluster } from "../../../with-snapshot";

/** Runs of a cluster, open and past, newest first; `before` goes on from the last one of the page before. */
export const GET = route("GET /api/v1/clusters/[scope]/runs", ({ request, params }) =>
  withRuns((desk) =>
    withRecord(params.scope, async (_record, scope) => {
      const query = queryOf(request);
      const limit = query.whole("limit", { min: 1, max: RUNS_MAX }) ?? RUNS_DEFAULT;
      const before = query.whole("before", { min: 1, max: Number.MAX_SAFE_INTEGER });
      const bad = query.bad();
      if (bad) return bad;
      return sendStored(await desk.runs(scope, { before, limit: limit + 1 }), (found) => {
        const page = found.slice(0, limit);
        const last = page.at(-1);
        const next = found.length > limit && last ? Date.parse(last.run.startedAt) : null;
        const runs = page.map(({ run, runbook: { title, kind }, measured, proof }) => ({
          run,
          title,
          kind,
          measured,
          proof,
        }));
        return jsonResponse({ scope, runs, next } satisfies { [K in keyof RunsAnswer]: unknown });
      });
    }),
  ),
);

/** Begins a run; who asks carries it. */
export const POST = route("POST /api/v1/clusters/[scope]/runs", ({ request, params, actor }) =>
  withRuns(async (desk) => {
    const body = await bodyOf(request, newRunSchema);
    if (body.kind === "bad") return body.response;
    const store = live();
    const scope = store && configuredScope(store, params.scope);
    if (!scope) return noSuchCluster(params.scope);
    return sendRun(await desk.begin(runAskerOf(request, actor), scope, body.value), 201);
  }),
);
