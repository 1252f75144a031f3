import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import type { RunbooksAnswer } from "@/lib/contract/runbooks";
import { judge } from "@/lib/domain/runbooks/judge";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";
import { live } from "@/lib/live/current";
import { queryOf } from "../query";
import { placesNow, readNow, withRuns } from "../with-runs";
import { configuredScope, noSuchCluster } from "../with-snapshot";

/** Every runbook; with a cluster, what its preconditions come to there, and from which findings it is offered. */
export const GET = route("GET /api/v1/runbooks", ({ request }) =>
  withRuns(({ catalogue: { runbooks, broken } }) => {
    const query = queryOf(request);
    const scope = query.text("scope", 100);
    const filled = query.list("filled", ["true", "false"])?.[0] === "true";
    const bad = query.bad();
    if (bad) return bad;
    if (scope === null) {
      const bare = runbooks.map((runbook) => ({ runbook, unfilled: [], preconditions: null, offeredBy: [] }));
      return jsonResponse({ runbooks: bare, places: null, broken } satisfies Answer);
    }
    const store = live();
    if (!store || !configuredScope(store, scope)) return noSuchCluster(scope);
    const picture = store.snapshot(scope);
    if (!picture) return problemResponse("not-started");
    const read = runbooks.map((runbook) => {
      const told = readNow(scope, runbook, {});
      return {
        runbook: filled ? told.runbook : runbook,
        unfilled: told.unfilled,
        preconditions: runbook.preconditions.map(({ condition }) => judge(condition, { picture, inputs: {} })),
        offeredBy: offeredBy(runbook, picture),
      };
    });
    return jsonResponse({ runbooks: read, places: placesNow(scope), broken } satisfies Answer);
  }),
);

type Answer = { [K in keyof RunbooksAnswer]: unknown };

const offeredBy = ({ id, findings }: Runbook, picture: Snapshot): string[] =>
  picture.findings.filter(({ rule, runbook }) => runbook === id || findings.includes(rule)).map((one) => one.id);
